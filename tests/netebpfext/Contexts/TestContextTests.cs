using System.Runtime.InteropServices;
using System.Text;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Contexts;

/// <summary>The contexts that each type makes for test runs, and what comes back of them.</summary>
public sealed unsafe class TestContextTests : IDisposable
{
    private readonly Network _network = new();

    private delegate void Body(byte* context);

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData("xdp", 0, 32, false)] // a packet is needed
    [InlineData("xdp", 1, 0, true)] // a context is not
    [InlineData("xdp", 1, 31, true)] // and one too short does not count
    [InlineData("bind", 0, 55, false)]
    [InlineData("bind", 0, 56, true)]
    [InlineData("bind", 3, 56, false)] // half a character
    [InlineData("bind", 4, 60, true)]
    [InlineData("sock_addr", 0, 63, false)]
    [InlineData("sock_addr", 0, 64, true)]
    [InlineData("sock_addr", 1, 64, false)] // no data
    [InlineData("sock_addr", 0, 119, true)]
    [InlineData("sock_addr", 0, 120, false)] // as long as the other kind, and not of it
    [InlineData("sockops", 0, 63, false)]
    [InlineData("sockops", 0, 64, true)]
    [InlineData("sockops", 1, 64, false)]
    public void A_type_takes_what_upstreams_takes(string type, int data, int context, bool taken)
    {
        EbpfResult result = Round(type, new byte[data], new byte[context], data, context, _ => { }, out _, out _);
        Assert.Equal(taken ? EbpfResult.Success : EbpfResult.InvalidArgument, result);
    }

    [Fact]
    public void A_packet_comes_back_as_the_program_left_it_and_its_pointers_do_not()
    {
        XdpMd md = new() { Data = (byte*)1, DataEnd = (byte*)2, DataMeta = 77, IngressIfindex = 5 };
        Assert.Equal(EbpfResult.Success, Round("xdp", [1, 2, 3, 4], Bytes(md), 4, 32, context =>
        {
            var seen = (XdpMd*)context;
            Assert.Equal((4L, 77ul, 5u), (seen->DataEnd - seen->Data, seen->DataMeta, seen->IngressIfindex));
            seen->Data[0] = 9;
            seen->Data++; // as adjust_head does
            seen->IngressIfindex = 6;
        }, out byte[] data, out byte[] left));
        Assert.Equal([2, 3, 4], data);
        XdpMd back = MemoryMarshal.Read<XdpMd>(left);
        Assert.True(back.Data == null && back.DataEnd == null);
        Assert.Equal((77ul, 6u), (back.DataMeta, back.IngressIfindex));
    }

    [Fact]
    public void A_packet_is_cut_to_the_room_and_a_context_without_room_stays_away()
    {
        Assert.Equal(EbpfResult.Success, Round("xdp", [1, 2, 3, 4], new byte[32], 2, 31, _ => { }, out byte[] data, out byte[] left));
        Assert.Equal([1, 2], data);
        Assert.Empty(left);
    }

    [Fact]
    public void Without_a_context_a_packet_came_from_nowhere()
    {
        XdpMd seen = default;
        Round("xdp", [1], [], 1, 32, context => seen = *(XdpMd*)context, out _, out byte[] left);
        Assert.Equal((0ul, 0u), (seen.DataMeta, seen.IngressIfindex));
        Assert.Equal(32, left.Length);
    }

    [Fact]
    public void A_bind_program_sees_the_applications_name_and_it_comes_back_if_it_fits()
    {
        byte[] path = Encoding.Unicode.GetBytes(@"\device\x\app.exe");
        BindMd md = new() { ProcessId = 42, Protocol = 6, Operation = BindOperation.Bind };
        string name = "";
        Body body = context =>
        {
            var seen = (BindMd*)context;
            name = Encoding.Unicode.GetString(seen->AppIdStart, (int)(seen->AppIdEnd - seen->AppIdStart));
            seen->Protocol = 17;
        };
        Assert.Equal(EbpfResult.Success, Round("bind", path, Bytes(md), path.Length, 56, body, out byte[] data, out byte[] left));
        Assert.Equal("app.exe", name);
        Assert.Equal("app.exe", Encoding.Unicode.GetString(data));
        BindMd back = MemoryMarshal.Read<BindMd>(left);
        Assert.True(back.AppIdStart == null && back.AppIdEnd == null);
        Assert.Equal((42ul, (byte)17), (back.ProcessId, back.Protocol));

        Round("bind", path, Bytes(md), 13, 56, body, out data, out _);
        Assert.Empty(data);
    }

    [Fact]
    public void A_connections_context_comes_back_as_the_program_left_it()
    {
        BpfSockAddr given = new() { Family = NetworkFamily.V4, UserIp4 = 1, UserPort = 2, Protocol = 6, CompartmentId = 3 };
        Assert.Equal(EbpfResult.Success, Round("sock_addr", [], Bytes(given), 0, 64, c => ((BpfSockAddr*)c)->UserPort = 9, out _, out byte[] left));
        BpfSockAddr back = MemoryMarshal.Read<BpfSockAddr>(left);
        Assert.Equal((1u, (ushort)9, 3u), (back.UserIp4, back.UserPort, back.CompartmentId));
        Assert.Equal(64, left.Length);
    }

    [Theory]
    [InlineData(1, 120, 120, 1u, true)]
    [InlineData(2, 120, 120, 1u, false)]
    [InlineData(1, 119, 120, 1u, false)]
    [InlineData(1, 120, 119, 1u, false)]
    [InlineData(1, 120, 120, 2u, false)]
    public void The_longer_context_of_a_connection_must_say_that_it_is_one(ushort version, ulong size, ulong total, uint network, bool taken)
    {
        SockAddrTestContext given = new()
        {
            Header = new() { Version = version, Size = size, TotalSize = total },
            Context = new() { Family = NetworkFamily.V4 },
            NetworkContext = new() { Version = network, InterfaceType = 6, NextHopInterfaceLuid = 8, SubInterfaceIndex = 9, TunnelType = 7 },
        };
        EbpfResult result = Round("sock_addr", [], Bytes(given), 0, 120, c => ((BpfSockAddr*)c)->UserPort = 9, out _, out byte[] left);
        Assert.Equal(taken ? EbpfResult.Success : EbpfResult.InvalidArgument, result);
        if (taken)
        {
            given.Context.UserPort = 9;
            Assert.Equal(Bytes(given), left);
        }
    }

    [Fact]
    public void A_sockets_context_comes_back_as_the_program_left_it()
    {
        BpfSockOps given = new() { Op = SockOpType.ActiveEstablished, Family = NetworkFamily.V4, LocalPort = 80 };
        Assert.Equal(EbpfResult.Success, Round("sockops", [], Bytes(given), 0, 64, c => ((BpfSockOps*)c)->LocalPort = 81, out _, out byte[] left));
        Assert.Equal(81u, MemoryMarshal.Read<BpfSockOps>(left).LocalPort);
        Round("sockops", [], Bytes(given), 0, 63, _ => { }, out _, out left);
        Assert.Empty(left);
    }

    [Theory]
    [InlineData(-256, 0, 260)] // all the room in front
    [InlineData(-257, -1, 4)]
    [InlineData(4, 0, 0)] // up to the end
    [InlineData(5, -1, 4)]
    [InlineData(int.MinValue, -1, 4)]
    [InlineData(int.MaxValue, -1, 4)]
    [InlineData(0, 0, 4)]
    public void A_packets_head_moves_within_its_buffer(int by, long answer, int length)
    {
        HelperFunction adjust = Data("xdp").TypeHelpers[0]!;
        long given = 1;
        Round("xdp", [1, 2, 3, 4], [], 300, 0, c => given = (long)adjust(default, (ulong)c, (ulong)(long)by, 0, 0, 0), out byte[] data, out _);
        Assert.Equal(answer, given);
        byte[] expected = [.. new byte[Math.Max(length - 4, 0)], 1, 2, 3, 4];
        Assert.Equal(expected[^length..], data);
    }

    [Fact]
    public void What_is_known_of_a_connections_way_is_given_as_far_as_there_is_room()
    {
        HelperFunction get = Data("sock_addr").TypeHelpers[1]!;
        SockAddrTestContext given = new()
        {
            Header = new() { Version = 1, Size = 120, TotalSize = 120 },
            Context = new() { Family = NetworkFamily.V4 },
            NetworkContext = new() { Version = 1, InterfaceType = 6 },
        };
        byte[] room = [.. Enumerable.Repeat((byte)0xEE, 40)];
        fixed (byte* r = room)
        {
            ulong address = (ulong)r;
            long[] answers = new long[3];
            Round("sock_addr", [], Bytes(given), 0, 0, c =>
            {
                answers[0] = (long)get(default, (ulong)c, address, 40, 0, 0);
                answers[1] = (long)get(default, (ulong)c, 0, 8, 0, 0);
                answers[2] = (long)get(default, (ulong)c, address, 0, 0, 0);
            }, out _, out _);
            Assert.Equal([0, -1, -1], answers);
        }

        Assert.Equal(Bytes(given)[88..], room[..32]);
        Assert.Equal(new byte[8], room[32..]);

        // Unknown where nobody said it: the room is cleared all the same.
        room.AsSpan().Fill(0xEE);
        fixed (byte* r = room)
        {
            ulong address = (ulong)r;
            long answer = 0;
            Round("sock_addr", [], new byte[64], 0, 0, c => answer = (long)get(default, (ulong)c, address, 8, 0, 0), out _, out _);
            Assert.Equal(-1, answer);
        }

        Assert.Equal([0, 0xEE], room[7..9]);
    }

    [Fact]
    public void A_test_run_of_a_connection_has_no_token_no_cookie_and_no_redirect_context()
    {
        ProgramData type = Data("sock_addr");
        long[] answers = [];
        Round("sock_addr", [], new byte[64], 0, 0, c => answers =
        [
            (long)type.GlobalHelpers[1]!(default, (ulong)c, 0, 0, 0, 0),
            (long)type.GlobalHelpers[2]!(default, (ulong)c, 0, 0, 0, 0),
            (long)type.GlobalHelpers[3]!(default, (ulong)c, 0, 0, 0, 0),
            (long)type.TypeHelpers[0]!(default, (ulong)c, (ulong)c, 8, 0, 0),
        ], out _, out _);
        Assert.Equal([0, -1, 0, -1], answers);
    }

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    private ProgramData Data(string name) => ExtensionClient.DataOf(_network.Machine, ProgramTypeTable.All.ToArray().Single(t => t.Name == name).Id);

    /// <summary>Makes a context, lets a body at it, and destroys it, at the level at which the type's programs run.</summary>
    private EbpfResult Round(
        string type, byte[] dataIn, byte[] contextIn, int dataRoom, int contextRoom, Body body, out byte[] data, out byte[] context)
    {
        ProgramData provided = Data(type);
        data = new byte[dataRoom];
        context = new byte[contextRoom];
        using KernelScope kernel = _network.Machine.EnterKernel();
        using IrqlScope raised = kernel.Thread.RaiseIrql(provided.RequiredIrql);
        EbpfResult result = provided.ContextCreate!(kernel.Thread, dataIn, contextIn, out byte* made);
        if (result == EbpfResult.Success)
        {
            body(made);
            provided.ContextDestroy!(kernel.Thread, made, data, out int dataLength, context, out int contextLength);
            data = data[..dataLength];
            context = context[..contextLength];
        }

        return result;
    }
}
