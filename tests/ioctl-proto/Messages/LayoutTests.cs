using System.Reflection;
using System.Text.Json;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Tests;

public sealed class LayoutTests
{
    public static TheoryData<string> StructNames => [.. Reference.Structs.Select(s => s.Text("name"))];

    public static TheoryData<string> ApiStructNames =>
        [.. Reference.ApiStructs.Select(s => s.Text("name")).Where(MessageTypes.ByUpstreamName.ContainsKey)];

    [Theory]
    [MemberData(nameof(StructNames))]
    public void Every_structure_of_the_protocol_has_a_type_of_the_same_size_fields_and_offsets(string name)
    {
        JsonElement expected = Reference.Structs.Single(s => s.Text("name") == name);
        Assert.True(MessageTypes.ByUpstreamName.TryGetValue(name, out Type? type), $"no type stands for {name}");
        AssertLayout(expected, type, expected.TextOrNull("tail_field") ?? TailMarkedInFields(expected));
    }

    [Theory]
    [MemberData(nameof(ApiStructNames))]
    public void Structures_of_the_user_api_have_the_same_size_fields_and_offsets(string name)
    {
        Type type = MessageTypes.ByUpstreamName[name];
        AssertLayout(Reference.ApiStructs.Single(s => s.Text("name") == name), type, type.GetCustomAttribute<UpstreamStructAttribute>()!.Tail);
    }

    [Theory]
    [InlineData("struct bpf_map_info")]
    [InlineData("struct bpf_prog_info")]
    [InlineData("struct bpf_link_info")]
    [InlineData("struct bpf_map_batch_opts")]
    [InlineData("struct bpf_map_create_opts")]
    [InlineData("sys_bpf_map_create_attr_t")]
    [InlineData("sys_bpf_map_lookup_attr_t")]
    [InlineData("sys_bpf_map_delete_attr_t")]
    [InlineData("sys_bpf_map_next_key_attr_t")]
    [InlineData("sys_bpf_map_next_id_attr_t")]
    [InlineData("sys_bpf_prog_load_attr_t")]
    [InlineData("sys_bpf_prog_attach_attr_t")]
    [InlineData("sys_bpf_prog_run_attr_t")]
    [InlineData("sys_bpf_obj_pin_attr_t")]
    [InlineData("sys_bpf_obj_info_attr_t")]
    [InlineData("sys_bpf_map_info_t")]
    [InlineData("sys_bpf_prog_info_t")]
    [InlineData("sys_bpf_link_info_t")]
    [InlineData("sys_bpf_link_detach_attr_t")]
    [InlineData("sys_bpf_prog_bind_map_attr_t")]
    [InlineData("ebpf_serialized_program_type_descriptor_t")]
    [InlineData("ebpf_serialized_helper_function_prototype_array_t")]
    [InlineData("ebpf_serialized_helper_function_prototype_t")]
    [InlineData("ebpf_extension_header_t")]
    [InlineData("ebpf_ring_buffer_consumer_page_t")]
    [InlineData("ebpf_ring_buffer_producer_page_t")]
    [InlineData("ebpf_perf_event_array_producer_page_t")]
    public void The_structures_of_the_user_api_that_are_built_are_there(string name) => Assert.Contains(name, ApiStructNames.Select(r => r.Data));

    [Fact]
    public void No_type_stands_for_a_structure_that_the_reference_does_not_know()
    {
        IEnumerable<string> known = Reference.Structs.Concat(Reference.ApiStructs).Select(s => s.Text("name")).Append("map_info_record");
        Assert.Empty(MessageTypes.ByUpstreamName.Keys.Except(known));
    }

    [Fact]
    public void Message_types_contain_nothing_but_their_fields_and_can_be_read_at_any_alignment()
    {
        foreach (Type type in MessageTypes.ByUpstreamName.Values)
        {
            Assert.True(type.IsValueType && (type.IsExplicitLayout || type.IsLayoutSequential), type.Name);
            Assert.DoesNotContain(MessageTypes.FieldsOf(type), f => f.FieldType == typeof(bool) || f.FieldType.IsPointer);
        }
    }

    [Fact]
    public void Records_of_pinned_maps_are_as_serialized_blobs_say()
    {
        JsonElement record = Reference.Protocol.GetProperty("serialized_blobs").GetProperty("map_info_record");
        Assert.Equal(SerializedMapInfo.MinimumBytesLeft, record.Int("sizeof"));
        Assert.Equal(SerializedMapInfo.TailOffset, record.Int("path_offset"));
        AssertFields(
            typeof(SerializedMapInfo), record.GetProperty("fields").EnumerateArray().Select(f => (f[0].GetString()!, f[2].GetInt32())), "pin_path");
    }

    [Theory]
    [InlineData("program_type_descriptor", "name_offset", SerializedProgramTypeDescriptor.TailOffset)]
    [InlineData("helper_array", "prototypes_offset", SerializedHelperPrototypeArray.TailOffset)]
    [InlineData("helper_prototype", "name_offset", SerializedHelperPrototype.TailOffset)]
    public void Blobs_of_program_info_are_as_serialized_blobs_say(string blob, string offset, int tail)
    {
        JsonElement expected = Reference.Protocol.GetProperty("serialized_blobs").GetProperty("program_info").GetProperty(blob);
        Assert.Equal(expected.Int(offset), tail);
    }

    [Fact]
    public void Context_descriptors_lie_in_a_program_type_as_serialized_blobs_say()
    {
        FieldInfo descriptor = typeof(SerializedProgramTypeDescriptor).GetField(nameof(SerializedProgramTypeDescriptor.ContextDescriptor))!;
        int start = MessageTypes.OffsetOf(typeof(SerializedProgramTypeDescriptor), descriptor);
        JsonElement fields = Reference.Protocol.GetProperty("serialized_blobs").GetProperty("program_info")
            .GetProperty("program_type_descriptor").GetProperty("fields");
        foreach (JsonElement field in fields.EnumerateArray()
            .Where(f => f[0].GetString()!.StartsWith("context_descriptor.", StringComparison.Ordinal)))
        {
            FieldInfo own = typeof(ContextDescriptor).GetField(Reference.Pascal(field[0].GetString()!.Split('.')[1]))!;
            Assert.Equal(field[2].GetInt32(), start + MessageTypes.OffsetOf(typeof(ContextDescriptor), own));
        }
    }

    [Fact]
    public void Ring_records_start_with_the_header_of_the_reference()
    {
        JsonElement ring = Reference.Protocol.GetProperty("ring_record");
        Assert.Equal(ring.Int("header_bytes"), MessageTypes.SizeOf(typeof(RingRecordHeader)));
        Assert.Equal(RingRecordHeader.ByteCount, ring.Int("header_bytes"));
        Assert.Equal(RingRecordHeader.Alignment, ring.Int("alignment"));
        Assert.Equal(RingRecordHeader.LengthMask, (uint)ring.Int("max_payload"));
        Assert.Equal(uint.MaxValue, RingRecordHeader.LengthMask | RingRecordHeader.LockedBit | RingRecordHeader.DiscardedBit);
        AssertFields(typeof(RingRecordHeader), ring.GetProperty("fields").EnumerateArray().Select(f => (f.Text("name"), f.Int("offset"))), "data");
    }

    private static void AssertLayout(JsonElement expected, Type type, string? tail)
    {
        UpstreamStructAttribute declared = type.GetCustomAttribute<UpstreamStructAttribute>()!;
        Assert.Equal(expected.Int("size"), declared.Size);
        Assert.Equal(tail, declared.Tail);

        JsonElement[] fields = [.. expected.GetProperty("fields").EnumerateArray()];
        if (tail is null)
        {
            Assert.Null(MessageTypes.TailOffsetOf(type));
            Assert.Equal(expected.Int("size"), MessageTypes.SizeOf(type));
        }
        else
        {
            int offset = fields.Single(f => f.Text("name") == tail).Int("offset");
            Assert.Equal(offset, MessageTypes.TailOffsetOf(type));
            Assert.Equal(offset, MessageTypes.SizeOf(type));
        }

        AssertFields(type, fields.Where(f => f.Text("name") != "pad").Select(f => (f.Text("name"), f.Int("offset"))), tail);
        foreach (JsonElement field in fields.Where(f => f.Text("name") != tail && f.Text("name") != "pad" && f.Text("name")[0] != '('))
        {
            FieldInfo own = type.GetField(Reference.Pascal(field.Text("name")))!;
            Assert.Equal(field.Int("size"), MessageTypes.SizeOf(own.FieldType));
            AssertKind(field, own);
        }
    }

    private static void AssertFields(Type type, IEnumerable<(string Name, int Offset)> expected, string? tail)
    {
        IEnumerable<(string, int)> named = expected.Where(f => f.Name != tail)
            .SelectMany(f => NamesOf(f.Name).Select(name => (name, f.Offset)));
        IEnumerable<(string, int)> own = MessageTypes.FieldsOf(type).Select(f => (f.Name, MessageTypes.OffsetOf(type, f)));
        Assert.Equal(named.OrderBy(f => f.Item2).ThenBy(f => f.Item1), own.OrderBy(f => f.Item2).ThenBy(f => f.Item1));
    }

    /// <summary>The names that a field has here: those of its members for a union.</summary>
    private static IEnumerable<string> NamesOf(string name) => name switch
    {
        _ when name[0] != '(' => [Reference.Pascal(name)],
        _ when name.StartsWith("(union: xdp.", StringComparison.Ordinal) => ["AttachData", "XdpIfindex"],
        _ => name["(union: ".Length..^1].Split(" | ").Select(Reference.Pascal),
    };

    /// <summary>A type of the reference must be the type that stands for it: an enum for an enum, a structure for a structure.</summary>
    private static void AssertKind(JsonElement field, FieldInfo own)
    {
        string? wire = field.TextOrNull("wire");
        string? upstream = field.TextOrNull("type");
        Type expected = wire switch
        {
            null => own.FieldType,
            "enum32" => EnumTests.Types[upstream!],
            "guid" => typeof(Guid),
            "record" => MessageTypes.ByUpstreamName[upstream!],
            "i64" => typeof(Gate.NtHandle),
            "u8" when field.Int("size") == ModuleHash.ByteCount => typeof(ModuleHash),
            "u8" => typeof(byte),
            "u16" => typeof(ushort),
            "u32" => typeof(uint),
            "u64" => typeof(ulong),
            _ => throw new InvalidOperationException(wire),
        };
        Assert.Equal(expected, own.FieldType);
    }

    private static string? TailMarkedInFields(JsonElement expected) => expected.GetProperty("fields").EnumerateArray()
        .Where(f => f.Bool("variable_tail") || (f.TryGetProperty("declared_array", out JsonElement n) && n.GetInt32() == 1))
        .Select(f => f.Text("name"))
        .SingleOrDefault();
}
