using KernelSim.Protocol;

namespace KernelSim.Samples.Mailbox;

/// <summary>The contract that both sides compile against: the device's names, its control codes, and the sizes that the driver requires.</summary>
public static class MailboxDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\Mailbox";

    /// <summary>The symbolic link to it.</summary>
    public const string SymbolicLink = @"\GLOBAL??\Mailbox";

    /// <summary>The name that programs open.</summary>
    public const string Win32Name = @"\\.\Mailbox";

    /// <summary>Maximum size of a letter in bytes; the minimum is 1.</summary>
    public const int MaxLetterBytes = 256;

    /// <summary>Maximum number of letters that wait for a receiver.</summary>
    public const int MaxLetters = 16;

    private const ushort DeviceType = 0x8000; // the first one reserved for vendors

    /// <summary>Posts a letter. The request is its bytes; no reply.</summary>
    public static readonly IoControlCode Post = new(DeviceType, 0x800, IoMethod.Buffered, access: 0);

    /// <summary>
    /// Receives the oldest letter; pending until there is one. The request is a 32-bit timeout in milliseconds, after which it fails with
    /// STATUS_IO_TIMEOUT, 0 for none; the reply is the letter, and must have room for <see cref="MaxLetterBytes"/>.
    /// </summary>
    public static readonly IoControlCode Receive = new(DeviceType, 0x801, IoMethod.Buffered, access: 0);
}
