/// How the value of a protocol buffers field is laid out; groups (3 and 4) are obsolete and are
/// refused.
package enum ProtobufWireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case fixed32 = 5
}
