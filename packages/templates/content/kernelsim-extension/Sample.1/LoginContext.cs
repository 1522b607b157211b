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

    /// <summary>A context in memory: the driver's header stands right before it.</summary>
    internal struct Frame
    {
        public ProgramContextHeader Header;
        public LoginContext Context;
    }
}
