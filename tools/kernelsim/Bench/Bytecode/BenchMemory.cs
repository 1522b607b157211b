using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench.Bytecode;

/// <summary>What R1 of a program points to: 16 packets of 64 bytes, UDP over IPv4.</summary>
internal sealed unsafe class BenchMemory : IDisposable
{
    public const int Length = 1024;

    private const int PacketLength = 64;

    public BenchMemory()
    {
        Start = (byte*)NativeMemory.Alloc(Length);
        for (int i = 0; i < Length; i++)
        {
            Start[i] = (byte)((i * 7) + 3);
        }

        for (byte* packet = Start; packet < Start + Length; packet += PacketLength)
        {
            packet[12] = 8;
            packet[13] = 0;
            packet[14] = 0x45;
            packet[23] = 17;
        }
    }

    public byte* Start { get; }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(Start);
}
