using System.Runtime.InteropServices;

namespace KernelSim.LabScripts.Machines;

/// <summary>Structures of the protocol as bytes in a program's memory.</summary>
internal static class StructBytes
{
    /// <summary>The bytes of a structure.</summary>
    public static byte[] Of<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
