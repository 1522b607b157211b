using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Padding after the fields of an object that one processor or thread writes often: the next object on the heap is in other cache lines. Two lines,
/// because processors fetch them in pairs.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct CacheLinePad
{
    public const int Bytes = 128;

    /// <summary>Makes the field one that is initialized, and so in use as the compiler sees it.</summary>
    public CacheLinePad()
    {
    }
}
