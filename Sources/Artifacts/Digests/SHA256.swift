internal import CCrypto

/// A SHA-256 computation in progress, by libcrypto.
@safe struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Whether the library is ready: without reading the configuration of this machine, which could have it
  /// load other code.
  private static let isReady =
    OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1

  init() {
    guard Self.isReady, let context = unsafe EVP_MD_CTX_new(),
      unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    else {
      fatalError("libcrypto provides no SHA-256")
    }
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Takes in the first `count` bytes, or all.
  func update(_ bytes: [UInt8], count: Int? = nil) {
    precondition(count ?? 0 <= bytes.count, "more bytes are digested than there are")
    unsafe bytes.withUnsafeBytes { buffer in
      _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, count ?? buffer.count)
    }
  }

  /// The digest of everything taken in.
  consuming func digest() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    return Digest(bytes)
  }
}
