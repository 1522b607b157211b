namespace KernelSim.Protocol;

/// <summary>The names and the control code through which user mode reaches the eBPF driver.</summary>
public static class EbpfDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\EbpfIoDevice";

    /// <summary>The symbolic link to the device object.</summary>
    public const string SymbolicLink = @"\GLOBAL??\EbpfIoDevice";

    /// <summary>The name that user mode opens.</summary>
    public const string Win32Name = @"\\.\EbpfIoDevice";

    /// <summary>Largest request or reply, in bytes: the length field has 16 bits.</summary>
    public const int MaxMessageBytes = ushort.MaxValue;

    /// <summary>The one control code, <c>IOCTL_EBPF_CTL_METHOD_BUFFERED</c>.</summary>
    public static readonly IoControlCode ControlCode = new(0x12, 0x900, IoMethod.Buffered, access: 0);
}
