namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>The format's type codes of payload fields, as far as KernelSim's events use them.</summary>
internal enum FieldType
{
    /// <summary>Four bytes, 0 or 1.</summary>
    Boolean = 3,

    /// <summary>One byte with a sign.</summary>
    SByte = 5,

    /// <summary>One byte.</summary>
    Byte = 6,

    /// <summary>Two bytes with a sign.</summary>
    Int16 = 7,

    /// <summary>Two bytes.</summary>
    UInt16 = 8,

    /// <summary>Four bytes with a sign.</summary>
    Int32 = 9,

    /// <summary>Four bytes.</summary>
    UInt32 = 10,

    /// <summary>Eight bytes with a sign.</summary>
    Int64 = 11,

    /// <summary>Eight bytes.</summary>
    UInt64 = 12,

    /// <summary>UTF-16 up to a zero.</summary>
    Text = 18,
}
