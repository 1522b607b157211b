using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>What the driver and its callers agree on: names and control codes. A WDK project keeps them in a header of its own.</summary>
public static class TotalDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\Total";

    /// <summary>The symbolic link to the device object.</summary>
    public const string SymbolicLink = @"\GLOBAL??\Total";

    /// <summary>The name that programs open.</summary>
    public const string Win32Name = @"\\.\Total";

    /// <summary>Size in bytes of a number in a request or reply.</summary>
    public const int NumberBytes = sizeof(ulong);

    private const ushort DeviceType = 0x8000; // the first one reserved for vendors

    /// <summary>Adds a number and returns the new total. Input: the number. Output: the total.</summary>
    public static readonly IoControlCode Add = new(DeviceType, 0x800, IoMethod.Buffered, access: 0);

    /// <summary>Waits until the total changes. No input. Output: the total.</summary>
    public static readonly IoControlCode WaitForChange = new(DeviceType, 0x801, IoMethod.Buffered, access: 0);
}
