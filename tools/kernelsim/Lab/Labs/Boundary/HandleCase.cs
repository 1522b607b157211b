using System.Text;
using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>A map that lines before the student's have made with requests of their own, so that its handle is known; and an element for it.</summary>
/// <param name="Machine">The machine, with those lines.</param>
/// <param name="Key">Key of the element.</param>
/// <param name="Value">Value of the element.</param>
internal sealed record HandleCase(ScriptInput Machine, byte[] Key, byte[] Value) : ScriptCase(Machine, alone => Name(alone, Key, Value))
{
    /// <summary>Name of the map.</summary>
    public const string MapName = "target";

    /// <summary>The checks that requests are to meet, in their order; empty where that is not the task.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    private const int ReplyBytes = 16;
    private const int MostOthers = 5;

    /// <summary>Draws one.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What for.</param>
    public static HandleCase Draw(ulong seed, string purpose)
    {
        LabSeed draw = new(seed, purpose);
        byte[] key = draw.Bytes(draw.Number(3, 16));
        byte[] value = draw.Bytes(draw.Number(1, 24));

        // Maps made before it move its handle.
        int others = draw.Number(0, MostOthers);
        IEnumerable<string> lines = Enumerable.Range(1, others).Select(i => CreateLine($"other{i}", 4, 4)).Append(
            CreateLine(MapName, key.Length, value.Length));
        return new HandleCase(new ScriptInput([.. lines]) { Seed = seed }, key, value);
    }

    private static TemplateNames Name(ScriptFacts alone, byte[] key, byte[] value)
    {
        string reply = alone.Calls[^1].Text("reply") ?? "";
        byte[] handle = reply.Length == 2 * ReplyBytes ? Convert.FromHexString(reply[ReplyBytes..]) : [];
        return new TemplateNames()
            .Add("map_handle", handle)
            .Add("key", key)
            .Add("value", value)
            .Add("key_size", key.Length)
            .Add("value_size", value.Length);
    }

    private static string CreateLine(string name, int keySize, int valueSize)
    {
        byte[] tail = Encoding.ASCII.GetBytes(name);
        CreateMapRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)(CreateMapRequest.TailOffset + tail.Length), Id = EbpfOperationId.CreateMap },
            EbpfMapDefinition = new EbpfMapDefinition
            {
                Type = BpfMapType.Hash,
                KeySize = (uint)keySize,
                ValueSize = (uint)valueSize,
                MaxEntries = 8,
            },
            InnerMapHandle = NtHandle.Invalid,
        };
        return $"{{\"op\":\"gate_ioctl\",\"message\":\"{Hex.Of([.. StructBytes.Of(request), .. tail])}\",\"reply_size\":{ReplyBytes}}}";
    }
}
