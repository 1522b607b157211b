using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Base of an object that one processor writes all the time: keeps its fields off the cache lines of whatever lies before it on the heap. Fields of
/// a base come first; a last field of type <see cref="CacheLinePad"/> does the same for what lies after it.
/// </summary>
public abstract class CacheLinePadded
{
#pragma warning disable CS0169, IDE0051 // only its size matters
    private readonly CacheLinePad _pad;
#pragma warning restore CS0169, IDE0051

    private protected CacheLinePadded()
    {
    }
}

/// <summary>Two cache lines, since processors fetch lines in pairs.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct CacheLinePad;
