using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KernelSim.UserMode.Device;

/// <summary>Copies of one key or value: for the sizes that most have, a load and a store instead of a call.</summary>
internal static class FewBytes
{
    /// <summary>Copies all bytes of the source to the start of the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length == sizeof(uint) && destination.Length >= sizeof(uint))
        {
            Move<uint>(source, destination);
        }
        else if (source.Length == sizeof(ulong) && destination.Length >= sizeof(ulong))
        {
            Move<ulong>(source, destination);
        }
        else if (source.Length == Vector128<byte>.Count && destination.Length >= Vector128<byte>.Count)
        {
            Move<Vector128<byte>>(source, destination);
        }
        else
        {
            source.CopyTo(destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<T>(ReadOnlySpan<byte> source, Span<byte> destination)
        where T : unmanaged => Unsafe.WriteUnaligned(
            ref MemoryMarshal.GetReference(destination), Unsafe.ReadUnaligned<T>(in MemoryMarshal.GetReference(source)));
}
