using System.Text.Json;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Tests;

public sealed class EnumTests
{
    public static IReadOnlyDictionary<string, Type> Types { get; } = new Dictionary<string, Type>
    {
        ["ebpf_operation_id_t"] = typeof(EbpfOperationId),
        ["ebpf_code_type_t"] = typeof(EbpfCodeType),
        ["ebpf_object_type_t"] = typeof(EbpfObjectType),
        ["ebpf_map_option_t"] = typeof(EbpfMapOption),
        ["ebpf_pin_type_t"] = typeof(EbpfPinType),
        ["ebpf_ec_function_t"] = typeof(EbpfEcFunction),
        ["ring_buffer_user_section"] = typeof(RingBufferUserSection),
        ["ebpf_map_type_t"] = typeof(BpfMapType),
        ["bpf_prog_type_t"] = typeof(BpfProgType),
        ["bpf_link_type"] = typeof(BpfLinkType),
        ["bpf_attach_type_t"] = typeof(BpfAttachType),
    };

    public static TheoryData<string> Names => [.. Reference.Protocol.GetProperty("enums").EnumerateObject().Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_enum_has_the_names_and_numbers_of_the_reference_and_no_others(string name)
    {
        Assert.True(Types.TryGetValue(name, out Type? type), $"no type stands for {name}");
        Assert.Equal(typeof(uint), Enum.GetUnderlyingType(type));
        IEnumerable<(string, uint)> expected = Reference.Protocol.GetProperty("enums").GetProperty(name).EnumerateObject()
            .Where(v => v.Name != "MAX")
            .Select(v => (v.Name.Replace("_", "", StringComparison.Ordinal), v.Value.GetUInt32()));
        IEnumerable<(string, uint)> own = Enum.GetNames(type).Select(n => (n.ToUpperInvariant(), (uint)Enum.Parse(type, n)));
        Assert.Equal(expected.OrderBy(v => v.Item2), own.OrderBy(v => v.Item2));
    }

    [Fact]
    public void The_limits_of_the_enums_are_where_the_reference_has_them()
    {
        JsonElement enums = Reference.Protocol.GetProperty("enums");
        Assert.Equal((uint)EbpfCodeType.Native, (uint)enums.GetProperty("ebpf_code_type_t").Int("MAX"));
        Assert.Equal(enums.GetProperty("bpf_attach_type_t").Int("MAX"), Enum.GetValues<BpfAttachType>().Max(t => (int)t) + 1);
        Assert.Equal(enums.GetProperty("ebpf_map_type_t").Int("MAX"), Enum.GetValues<BpfMapType>().Max(t => (int)t) + 1);
    }

    [Fact]
    public void The_abi_is_the_one_that_the_types_assume()
    {
        JsonElement abi = Reference.Protocol.GetProperty("abi");
        Assert.Equal("little", abi.Text("endianness"));
        Assert.True(BitConverter.IsLittleEndian);
        Assert.Equal(sizeof(uint), abi.Int("enum_bytes"));
        Assert.Equal(MessageTypes.SizeOf(typeof(Gate.NtHandle)), abi.Int("handle_bytes"));
        Assert.Equal(Gate.NtHandle.Invalid.Value, abi.Int("invalid_handle"));
        Assert.Equal(MessageTypes.SizeOf(typeof(Guid)), abi.GetProperty("guid").Int("bytes"));
        Assert.Equal(OperationHeader.ByteCount, Reference.Protocol.GetProperty("header").Int("size"));
    }
}
