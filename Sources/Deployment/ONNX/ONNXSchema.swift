/// The field numbers of the ONNX messages in use, as the public schema (`onnx.proto`) fixes them.
enum ONNXSchema {
  enum Model {
    static let irVersion = 1, producerName = 2, producerVersion = 3, graph = 7, opsetImport = 8
    static let metadata = 14, functions = 25
  }
  enum OperatorSet { static let domain = 1, version = 2 }
  enum Entry { static let key = 1, value = 2 }
  enum Graph {
    static let node = 1, name = 2, initializer = 5, input = 11, output = 12, sparseInitializer = 15
  }
  enum Node {
    static let input = 1, output = 2, name = 3, operation = 4, attribute = 5, domain = 7
  }
  enum Attribute {
    static let name = 1, float = 2, integer = 3, string = 4, floats = 7, integers = 8, type = 20
    // The values of `type`.
    static let isFloat: Int64 = 1, isInteger: Int64 = 2, isString: Int64 = 3
    static let isFloats: Int64 = 6, isIntegers: Int64 = 7
  }
  enum Tensor {
    static let dimensions = 1, type = 2, floats = 4, int32s = 5, int64s = 7, name = 8, rawData = 9
    static let externalData = 13, dataLocation = 14
  }
  enum ValueInfo { static let name = 1, type = 2 }
  enum TypeInfo { static let tensor = 1 }
  enum TensorType { static let element = 1, shape = 2 }
  enum Shape { static let dimension = 1 }
  enum Dimension { static let value = 1, parameter = 2 }
}
