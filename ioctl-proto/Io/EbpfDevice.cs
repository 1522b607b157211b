namespace KernelSim.Protocol;

/// <summary>How user mode finds the eBPF driver and talks to it.</summary>
public static class EbpfDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\EbpfIoDevice";

    /// <summary>The symbolic link to it.</summary>
    public const string SymbolicLink = @"\GLOBAL??\EbpfIoDevice";

    /// <summary>The name that user mode opens.</summary>
    public const string Win32Name = @"\\.\EbpfIoDevice";

    /// <summary>Most bytes that a request or a reply can have: its length field has 16 bits.</summary>
    public const int MaxMessageBytes = ushort.MaxValue;

    /// <summary>The one control code, <c>IOCTL_EBPF_CTL_METHOD_BUFFERED</c>.</summary>
    public static readonly IoControlCode ControlCode = new(0x12, 0x900, IoMethod.Buffered, access: 0);
}
