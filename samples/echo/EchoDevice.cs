using KernelSim.Protocol;

namespace KernelSim.Samples.Echo;

/// <summary>The names and control codes of the echo driver, for programs that use it.</summary>
public static class EchoDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\Echo";

    /// <summary>The symbolic link to the device object.</summary>
    public const string SymbolicLink = @"\GLOBAL??\Echo";

    /// <summary>The name that programs open.</summary>
    public const string Win32Name = @"\\.\Echo";

    /// <summary>Minimum size of a request in bytes.</summary>
    public const int MinRequestBytes = 4;

    private const ushort DeviceType = 0x8000; // the first one reserved for vendors

    /// <summary>Returns the request's own bytes.</summary>
    public static readonly IoControlCode Echo = new(DeviceType, 0x800, IoMethod.Buffered, access: 0);

    /// <summary>Like <see cref="Echo"/>, but the request stays pending until a <see cref="Release"/>.</summary>
    public static readonly IoControlCode EchoLater = new(DeviceType, 0x801, IoMethod.Buffered, access: 0);

    /// <summary>Completes every pending request. No input and no output.</summary>
    public static readonly IoControlCode Release = new(DeviceType, 0x802, IoMethod.Buffered, access: 0);
}
