using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.ObjectFiles.Tests;

public class VariableTests
{
    private readonly BpfObjectFile _file = TestObject.Read("variables");

    [Fact]
    public void Each_section_of_variables_is_an_array_map_with_libbpfs_name()
    {
        ObjectMap[] maps = [.. _file.Maps.Where(m => m.HoldsVariables)];
        Assert.Equal(
            [".bss.seen", ".data.limits", ".rodata.str1.1", "variable.bss", "variable.data", "variable.rodata"],
            maps.Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.All(maps, m => Assert.Equal((BpfMapType.Array, 4u, 1u), (m.Type, m.KeySize, m.MaxEntries)));
    }

    [Fact]
    public void Contents_are_those_of_the_file_and_bss_has_none()
    {
        Assert.Equal([5, 0, 0, 0], _file.Map("variable.data").Contents.ToArray());
        Assert.Equal([3, 0, 0, 0], _file.Map("variable.rodata").Contents.ToArray());
        Assert.Equal("too much\0"u8.ToArray(), _file.Map(".rodata.str1.1").Contents.ToArray());
        Assert.Equal((0, 16u), (_file.Map("variable.bss").Contents.Length, _file.Map("variable.bss").ValueSize));
    }

    [Fact]
    public void Kinds_are_told_from_the_sections()
    {
        Assert.Equal(ObjectMapKind.ReadOnlyData, _file.Map("variable.rodata").Kind);
        Assert.Equal(ObjectMapKind.Data, _file.Map(".data.limits").Kind);
        Assert.Equal(ObjectMapKind.Bss, _file.Map(".bss.seen").Kind);
    }

    [Fact]
    public void Variables_have_places_and_types()
    {
        ObjectVariable seen = _file.Variables.Single(v => v.Name == "seen");
        Assert.Equal((_file.Map(".bss.seen").Index, 0u, 16u), (seen.Map, seen.Offset, seen.Size));
        Assert.Equal(("seen", BtfKind.Variable), (_file.Types![seen.Type].Name, _file.Types[seen.Type].Kind));
        Assert.Equal(16u, _file.Types.SizeOf(seen.Type));
    }

    [Fact]
    public void A_program_refers_to_the_place_of_a_variable()
    {
        ObjectProgram scale = _file.Program("scale");
        Assert.All(scale.MapReferences, r => Assert.True(r.IsValue));
        MapReference drops = scale.MapReferences.First(r => r.Map == _file.Map("variable.bss").Index && r.Offset > 0);
        BpfInstruction load = scale.Instructions[drops.Instruction];
        Assert.Equal((true, 2, drops.Map), (load.IsWide, load.Source, load.Immediate));
        Assert.Equal(_file.Variables.Single(v => v.Name == "drops").Offset, drops.Offset);
        Assert.Equal((int)drops.Offset, scale.Instructions[drops.Instruction + 1].Immediate);
    }
}
