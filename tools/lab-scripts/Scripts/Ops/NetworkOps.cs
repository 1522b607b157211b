using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Ops;

/// <summary>Events in the machine's network: attached programs run on the processor of the event.</summary>
internal static class NetworkOps
{
    private static readonly (string Word, NetworkEventKind Kind)[] s_kinds =
    [
        ("bind", NetworkEventKind.Bind),
        ("unbind", NetworkEventKind.Unbind),
        ("connect", NetworkEventKind.Connect),
        ("accept", NetworkEventKind.Accept),
        ("listen", NetworkEventKind.Listen),
        ("established", NetworkEventKind.ConnectionEstablished),
        ("accepted", NetworkEventKind.ConnectionAccepted),
        ("closed", NetworkEventKind.ConnectionClosed),
        ("packet", NetworkEventKind.Packet),
    ];

    private static readonly (string Word, NetworkAction Action)[] s_actions =
    [
        ("not_filtered", NetworkAction.NotFiltered),
        ("permit", NetworkAction.Permit),
        ("permit_hard", NetworkAction.PermitHard),
        ("redirect", NetworkAction.Redirect),
        ("transmit", NetworkAction.Transmit),
        ("block", NetworkAction.Block),
    ];

    /// <summary>The kinds of events by name.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. s_kinds.Select(k => k.Word)];

    /// <summary>The protocols by name.</summary>
    public static IReadOnlyList<string> Protocols { get; } = ["tcp", "udp"];

    /// <summary><c>network_event</c>.</summary>
    public static ScriptResult Event(ScriptSession session, ScriptCall call)
    {
        NetworkEventKind kind = Array.Find(s_kinds, k => k.Word == call.Word("event")).Kind;
        bool isV6 = call.Address("local_address")?.AddressFamily == AddressFamily.InterNetworkV6
            || call.Address("remote_address")?.AddressFamily == AddressFamily.InterNetworkV6;
        NetworkEvent @event = new(kind)
        {
            IsV6 = isV6,
            Protocol = call.Word("protocol") == "udp" ? NetworkEvent.Udp : NetworkEvent.Tcp,
            LocalAddress = AddressOf(call, "local_address", isV6),
            LocalPort = (ushort)call.UInt32("local_port"),
            RemoteAddress = AddressOf(call, "remote_address", isV6),
            RemotePort = (ushort)call.UInt32("remote_port"),
            InterfaceIndex = call.UInt32("ifindex", 1),
            CompartmentId = call.UInt32("compartment", 1),
            ProcessId = call.UInt32("process", (uint)session.Gate.ProcessId),
            Application = call.Word("application"),
            PayloadLength = (ushort)call.UInt32("payload"),
        };
        NetworkVerdict verdict = session.Lab.Network!.Deliver((int)call.UInt32("cpu"), @event);
        return Result(session, verdict, @event, isV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    /// <summary><c>network_packet</c>.</summary>
    public static ScriptResult Packet(ScriptSession session, ScriptCall call)
    {
        ArrayBufferWriter<byte> left = new();
        NetworkVerdict verdict = session.Lab.Network!.DeliverPacket(
            (int)call.UInt32("cpu"), call.UInt32("ifindex", 1), call.Bytes("data") ?? [], left);
        return session.Result(0, [.. Verdict(verdict), new ScriptOutput("data", left.WrittenSpan.ToArray())]);
    }

    /// <summary><c>network_run</c>: generated events on all processors at once.</summary>
    public static ScriptResult Run(ScriptSession session, ScriptCall call)
    {
        using NetworkEventRun run = NetworkEventRun.Start(
            session.Lab.Network!, new NetworkTraffic(), call.UInt64("seed"), call.UInt32("events_per_cpu"));
        using CancellationTokenRegistration interruption = session.Interruption.Register(run.Stop);
        NetworkEventReport report = run.Wait();
        return session.Result(
            0,
            new ScriptOutput("events", report.Total.Events),
            new ScriptOutput("programs", report.Total.Programs),
            new ScriptOutput("actions", json => WriteActions(json, report.Total)),
            new ScriptOutput("per_cpu", json => WritePerCpu(json, report)));
    }

    private static ScriptResult Result(ScriptSession session, in NetworkVerdict verdict, in NetworkEvent @event, AddressFamily family)
    {
        List<ScriptOutput> outputs = [.. Verdict(verdict)];
        if (verdict.Action == NetworkAction.Redirect)
        {
            outputs.Add(new ScriptOutput("address", verdict.Address.ToIPAddress(@event.IsV6 ? AddressFamily.InterNetworkV6 : family).ToString()));
            outputs.Add(new ScriptOutput("port", verdict.Port));
        }

        return session.Result(0, [.. outputs]);
    }

    private static IEnumerable<ScriptOutput> Verdict(NetworkVerdict verdict)
    {
        yield return new ScriptOutput("action", Array.Find(s_actions, a => a.Action == verdict.Action).Word);
        yield return new ScriptOutput("programs", verdict.Programs);
        if (verdict.Programs > 0)
        {
            yield return new ScriptOutput("program_result", verdict.ProgramResult);
        }

        if (verdict.Status != EbpfResult.Success)
        {
            yield return new ScriptOutput("result", ResultConversions.NameOf(verdict.Status));
        }
    }

    private static NetworkAddress AddressOf(ScriptCall call, string field, bool isV6)
    {
        NetworkAddress address = call.Address(field) is { } given ? NetworkAddress.From(given) : NetworkAddress.Any;
        return isV6 && call.Address(field)?.AddressFamily == AddressFamily.InterNetwork ? address.MappedToV6 : address;
    }

    private static void WriteActions(Utf8JsonWriter json, NetworkEventTotals totals)
    {
        json.WriteStartObject();
        foreach ((string word, NetworkAction action) in s_actions)
        {
            if (totals[action] > 0)
            {
                json.WriteNumber(word, totals[action]);
            }
        }

        json.WriteEndObject();
    }

    private static void WritePerCpu(Utf8JsonWriter json, NetworkEventReport report)
    {
        json.WriteStartArray();
        foreach (NetworkEventTotals cpu in report.PerProcessor)
        {
            json.WriteStartObject();
            json.WriteNumber("events", cpu.Events);
            json.WriteNumber("programs", cpu.Programs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
