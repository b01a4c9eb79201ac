package import Options

/// What a pipeline says of arrays in files.
package struct ArraySettings: Options {
  var layout: ImageLayout?

  package init() {}

  package static var fields: [Field<Self>] {
    option(
      "layout", \.layout,
      "Where the channels of pictures in arrays are; by default their number tells.")
  }
}
