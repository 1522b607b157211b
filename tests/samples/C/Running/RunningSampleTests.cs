using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Running;

/// <summary>
/// Objects of <c>samples/c</c> whose programs change what they are given, or decide by its bytes, in both engines and compiled to native modules.
/// </summary>
public sealed class RunningSampleTests
{
    [Theory]
    [MemberData(nameof(CSampleLab.Engines), MemberType = typeof(CSampleLab))]
    public void The_counter_drops_a_packet_on_its_last_hop_and_leaves_others_alone(EbpfExecutionType engine)
    {
        using CSampleLab lab = new("counter.o", engine);
        using BpfLink link = lab.Object.Program("count_packets").Attach();
        using PerCpuHashMap<uint, Counters> stats = lab.Session.OpenPerCpuHashMap<uint, Counters>(lab.Object.MapId("stats"));

        Assert.Equal(NetworkAction.Permit, lab.Network.DeliverPacket(1, 1, Packet(53, hops: 2)).Action);
        Assert.Equal(NetworkAction.Block, lab.Network.DeliverPacket(2, 1, Packet(53, hops: 1)).Action);
        Assert.Equal(NetworkAction.Permit, lab.Network.DeliverPacket(2, 1, [1, 2, 3]).Action);

        Counters[] found = new Counters[CSampleLab.Cpus];
        Assert.True(stats.TryGet(53, found));
        Assert.Equal([default, new(1, 60, 0), new(1, 60, 1), default], found);
    }

    [Theory]
    [MemberData(nameof(CSampleLab.Engines), MemberType = typeof(CSampleLab))]
    public void An_extension_helper_finds_and_replaces_a_word(EbpfExecutionType engine)
    {
        using CSampleLab lab = new("find_and_replace.o", engine);
        using ArrayMap<Word> words = lab.Session.OpenArrayMap<Word>(lab.Object.MapId("words"));
        words[0] = Word.Of("rain");
        words[1] = Word.Of("sun");

        SampleProgramContext context = default;
        TestRunResult result = lab.Object.Program("find_and_replace").TestRun(new TestRun
        {
            Data = Encoding.ASCII.GetBytes("more rain today"),
            Context = MemoryMarshal.AsBytes(new ReadOnlySpan<SampleProgramContext>(in context)).ToArray(),
            DataRoom = 64,
            ContextRoom = SampleProgramContext.ByteCount,
        });

        Assert.Equal((0u, "more sunn today"), (result.ReturnValue, Encoding.ASCII.GetString(result.Data.Span)));
    }

    /// <summary>A UDP packet of 60 bytes.</summary>
    private static byte[] Packet(ushort port, byte hops)
    {
        byte[] packet = new byte[60];
        (packet[12], packet[14], packet[22], packet[23]) = (0x08, 0x45, hops, NetworkEvent.Udp);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(36), port);
        return packet;
    }

    private readonly record struct Counters(uint Packets, uint Bytes, uint Drops);

    private unsafe struct Word
    {
        private fixed byte _text[32];

        public static Word Of(string text)
        {
            Word word = default;
            Encoding.ASCII.GetBytes(text, new Span<byte>(word._text, 32));
            return word;
        }
    }
}
