namespace KernelSim.Protocol;

/// <summary>A device control code with the parts that <c>CTL_CODE</c> combines.</summary>
/// <param name="Value">The 32 bits: device type, access, function, method.</param>
public readonly record struct IoControlCode(uint Value)
{
    /// <summary>Combines the parts of a code: <c>CTL_CODE(deviceType, function, method, access)</c>.</summary>
    public IoControlCode(ushort deviceType, ushort function, IoMethod method, byte access)
        : this(((uint)deviceType << 16) | ((uint)access << 14) | ((uint)function << 2) | (uint)method)
    {
    }

    /// <summary>The <c>FILE_DEVICE_*</c> type that the code is defined for.</summary>
    public ushort DeviceType => (ushort)(Value >> 16);

    /// <summary>Rights that the handle must have: 0 is FILE_ANY_ACCESS, 1 read, 2 write.</summary>
    public byte Access => (byte)((Value >> 14) & 3);

    /// <summary>The number of the function within the device.</summary>
    public ushort Function => (ushort)((Value >> 2) & 0xFFF);

    /// <summary>How the I/O manager passes the buffers.</summary>
    public IoMethod Method => (IoMethod)(Value & 3);

    /// <inheritdoc/>
    public override string ToString() =>
        $"0x{Value:X8} (device 0x{DeviceType:X}, function 0x{Function:X}, {Method}, access {Access})";
}
