using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench.Bytecode;

/// <summary>What R1 of a program points to, where the garbage collector does not move it.</summary>
internal sealed unsafe class BenchMemory : IDisposable
{
    /// <summary>Copies the bytes.</summary>
    public BenchMemory(ReadOnlySpan<byte> bytes)
    {
        Start = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        Length = (uint)bytes.Length;
        bytes.CopyTo(new Span<byte>(Start, bytes.Length));
    }

    /// <summary>The first byte.</summary>
    public byte* Start { get; }

    /// <summary>The number of bytes.</summary>
    public uint Length { get; }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(Start);
}
