using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace SampleNamespace;

/// <summary>The argument of a login program: what it may read and change, byte for byte. A context has at least 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = ByteCount)]
public struct LoginContext
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 16;

    /// <summary>Number of the user who logs in.</summary>
    public uint User;

    /// <summary>Failed attempts of the user so far.</summary>
    public uint Attempts;

    /// <summary>When the user tries, in 100 ns since the machine booted.</summary>
    public ulong Time;

    /// <summary>A context in memory: right before it are the bytes that the driver uses for itself, <see cref="ProgramContextHeader"/>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = ProgramContextHeader.ByteCount + ByteCount)]
    internal struct Frame
    {
        [FieldOffset(ProgramContextHeader.ByteCount)]
        public LoginContext Context;
    }
}
