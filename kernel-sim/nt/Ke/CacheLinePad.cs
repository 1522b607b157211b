using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// The last field of an object that one processor or thread writes all the time: keeps what lies behind it on the heap off its cache lines. Two
/// lines, since processors fetch them in pairs.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct CacheLinePad
{
    public const int Bytes = 128;
}
