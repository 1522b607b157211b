using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace SampleNamespace;

/// <summary>The argument of a login program: what it may read and change, byte for byte.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct LoginContext
{
    /// <summary>Number of the user who logs in.</summary>
    public uint User;

    /// <summary>Failed attempts of the user so far.</summary>
    public uint Attempts;

    /// <summary>A context in memory: right before it are the bytes that the driver uses for itself, <see cref="ProgramContextHeader"/>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = ProgramContextHeader.ByteCount + 8)]
    internal struct Frame
    {
        [FieldOffset(ProgramContextHeader.ByteCount)]
        public LoginContext Context;
    }
}
