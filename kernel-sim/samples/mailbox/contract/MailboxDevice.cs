using KernelSim.Protocol;

namespace KernelSim.Samples.Mailbox;

/// <summary>What both sides compile against: the device's names, its control codes, and the sizes that the driver insists on.</summary>
public static class MailboxDevice
{
    /// <summary>The device object's name.</summary>
    public const string DeviceName = @"\Device\Mailbox";

    /// <summary>The symbolic link to it.</summary>
    public const string SymbolicLink = @"\GLOBAL??\Mailbox";

    /// <summary>The name that programs open.</summary>
    public const string Win32Name = @"\\.\Mailbox";

    /// <summary>Most bytes of a letter; the least has one.</summary>
    public const int MaxLetterBytes = 256;

    /// <summary>Most letters that wait for a receiver.</summary>
    public const int MaxLetters = 16;

    private const ushort DeviceType = 0x8000; // the first of those left to vendors

    /// <summary>Posts a letter. The request is its bytes; no reply.</summary>
    public static readonly IoControlCode Post = new(DeviceType, 0x800, IoMethod.Buffered, access: 0);

    /// <summary>
    /// Receives the oldest letter; pending until there is one. The request is a 32-bit number of milliseconds after which it ends with
    /// STATUS_IO_TIMEOUT, 0 for never; the reply is the letter, and has to have room for <see cref="MaxLetterBytes"/>.
    /// </summary>
    public static readonly IoControlCode Receive = new(DeviceType, 0x801, IoMethod.Buffered, access: 0);
}
