using KernelSim.Protocol;

namespace KernelSim.Samples.Echo;

/// <summary>What a program has to know to talk to the echo driver.</summary>
public static class EchoDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\Echo";

    /// <summary>The symbolic link to it.</summary>
    public const string SymbolicLink = @"\GLOBAL??\Echo";

    /// <summary>The name that programs open.</summary>
    public const string Win32Name = @"\\.\Echo";

    /// <summary>Bytes that a request has at least.</summary>
    public const int MinRequestBytes = 4;

    private const ushort DeviceType = 0x8000; // the first of those left to vendors

    /// <summary>Answers with the request's own bytes.</summary>
    public static readonly IoControlCode Echo = new(DeviceType, 0x800, IoMethod.Buffered, access: 0);

    /// <summary>As <see cref="Echo"/>, but only when somebody sends <see cref="Release"/>; until then the request is pending.</summary>
    public static readonly IoControlCode EchoLater = new(DeviceType, 0x801, IoMethod.Buffered, access: 0);

    /// <summary>Completes every pending request. Neither request nor reply.</summary>
    public static readonly IoControlCode Release = new(DeviceType, 0x802, IoMethod.Buffered, access: 0);
}
