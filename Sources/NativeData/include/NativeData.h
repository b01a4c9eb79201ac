// NativeData
