using KernelSim.ObjectFiles.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.ObjectFiles.Tests;

public class MapTests
{
    [Fact]
    public void A_map_has_the_attributes_of_its_BTF_type()
    {
        ObjectMap map = TestObject.Read("counter").Map("counts");
        Assert.Equal(
            (ObjectMapKind.Btf, BpfMapType.PercpuHash, 4u, 16u, 64u, EbpfPinType.ByName, ".maps"),
            (map.Kind, map.Type, map.KeySize, map.ValueSize, map.MaxEntries, map.Pinning, map.Section));
    }

    [Fact]
    public void The_types_of_key_and_value_are_found()
    {
        BpfObjectFile file = TestObject.Read("counter");
        ObjectMap map = file.Map("counts");
        BtfType value = file.Types!.Resolve(map.ValueType);
        Assert.Equal("u32", file.Types[map.KeyType].Name);
        Assert.Equal(["packets", "drops"], value.Members().Select(m => m.Name));
        Assert.Equal([0u, 64u], value.Members().Select(m => m.Value));
    }

    [Fact]
    public void A_size_can_stand_for_a_type()
    {
        ObjectMap inner = TestObject.Read("maps").Map("by_name").Inner!;
        Assert.Equal((4u, 24u, 3u, 0), (inner.KeySize, inner.ValueSize, inner.MaxEntries, inner.ValueType));
    }

    [Fact]
    public void A_map_of_maps_has_its_template_and_the_map_that_is_declared_alike()
    {
        BpfObjectFile file = TestObject.Read("maps");
        ObjectMap outer = file.Map("outer");
        Assert.Equal((BpfMapType.Hash, 8u, 8u), (outer.Inner!.Type, outer.Inner.ValueSize, outer.Inner.MaxEntries));
        Assert.Equal(file.Map("left").Index, outer.InnerIndex);
        Assert.Null(file.Map("by_name").InnerIndex);
        Assert.Equal(4u, file.Map("by_name").ValueSize);
    }

    [Fact]
    public void A_map_of_maps_holds_maps_of_the_file_at_first()
    {
        BpfObjectFile file = TestObject.Read("maps");
        Assert.Equal([new(1, file.Map("left").Index), new(3, file.Map("right").Index)], file.Map("outer").InitialValues);
    }

    [Fact]
    public void A_program_array_holds_programs_of_the_file_at_first()
    {
        BpfObjectFile file = TestObject.Read("maps");
        Assert.Equal([new(0, file.Program("target").Index), new(2, file.Program("other").Index)], file.Map("jumps").InitialValues);
    }

    [Fact]
    public void Flags_are_read() => Assert.Equal(8u, TestObject.Read("maps").Map("ring").Flags);

    [Fact]
    public void A_legacy_definition_names_its_inner_map_by_index_or_by_id()
    {
        BpfObjectFile file = TestObject.Read("legacy");
        Assert.Equal(["plain", "by_index", "by_id", "template_of_index", "template_of_id"], file.Maps.Select(m => m.Name));
        Assert.All(file.Maps, m => Assert.Equal(ObjectMapKind.Legacy, m.Kind));
        Assert.Equal("template_of_index", file.Map("by_index").Inner!.Name);
        Assert.Equal("template_of_id", file.Map("by_id").Inner!.Name);
        Assert.Equal((EbpfPinType.ByName, 4), (file.Map("by_id").Pinning, file.Map("by_id").InnerIndex));
        Assert.Null(file.Map("plain").Inner);
    }
}
