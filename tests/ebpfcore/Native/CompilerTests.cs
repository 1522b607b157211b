using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt.Images;
using KernelSim.Protocol;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Tests.Native;

/// <summary>What becomes of a class.</summary>
public sealed class CompilerTests
{
    [Fact]
    public void Maps_programs_and_initial_values_are_those_of_the_class()
    {
        NativeModuleFile file = Compile(typeof(CounterModule));
        Assert.Equal(["counts", "Next", "Table", "Row", "shared"], file.Maps.Select(m => m.Name));
        Assert.Equal(new NativeMapEntry("counts", BpfMapType.PercpuArray, 4, 8, 2), file.Maps[0]);
        Assert.Equal(("Row", EbpfPinType.ByName), (file.Maps[2].InnerMap, file.Maps[4].Pinning));
        Assert.Equal(["Count", "count_more"], file.Programs.Select(p => p.Name));
        Assert.All(file.Programs, p => Assert.Equal(ProgramTypeTable.Sample, p.ProgramType));
        Assert.All(file.Programs, p => Assert.Equal(AttachTypeTable.Find(BpfAttachType.Sample)!.Id, p.AttachType));
        Assert.Equal(["Next", "Table"], file.InitialValues.Select(v => v.Map));
        Assert.Equal([null, "count_more"], file.InitialValues[0].Values);
        Assert.Equal(["Row"], file.InitialValues[1].Values);
    }

    [Fact]
    public void What_a_program_uses_is_read_from_its_code_and_from_what_that_calls()
    {
        NativeModuleFile file = Compile(typeof(CounterModule));
        Assert.Equal([0, 1], file.Programs[0].Maps);
        Assert.Equal([1u, 5u], file.Programs[0].Helpers);
        Assert.Equal([0], file.Programs[1].Maps);
        Assert.Equal([1u, 8u], file.Programs[1].Helpers);
    }

    [Fact]
    public void A_map_that_is_computed_may_be_any()
    {
        Assert.Equal([0, 1], Compile(typeof(ComputedMap)).Programs[0].Maps);
    }

    [Fact]
    public void The_file_is_the_same_each_time_and_names_the_code()
    {
        DriverImage first = NativeModuleImage.Compile(typeof(CounterModule), "counter.sys");
        Assert.Equal(first.Contents.ToArray(), NativeModuleImage.Compile(typeof(CounterModule), "counter.sys").Contents.ToArray());
        NativeProgramEntry program = NativeModuleFile.TryParse(first.Contents.Span)!.Programs[0];
        Assert.Equal((ulong)Convert.FromBase64String(program.Code).Length, program.InstructionCount);
    }

    [Theory]
    [InlineData(typeof(NoPrograms), "has no static method with [EbpfProgram]")]
    [InlineData(typeof(WrongSignature), "must take one EbpfProgramContext and return a uint")]
    [InlineData(typeof(UnknownSection), "section 'nowhere', which no attach type has")]
    [InlineData(typeof(Gap), "Maps.Second is 2; maps are numbered from 0 without a gap, so 1 was expected")]
    [InlineData(typeof(UnknownMap), "Run uses map 0, but 0 are declared")]
    [InlineData(typeof(UnknownInner), "map Outer names map 'Nobody'; there are Outer")]
    public void What_cannot_be_compiled_is_said_with_where_it_is(Type module, string message)
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => NativeModuleImage.Compile(module, "wrong.sys"));
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(module.Name, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_that_code_does_not_name_and_their_contents_are_declared()
    {
        NativeModuleFile file = Compile(typeof(Declared));
        Assert.Equal([1], file.Programs[0].Maps);
        NativeGlobalVariables variables = Assert.Single(file.GlobalVariables);
        Assert.Equal("Second", variables.Map);
        Assert.Equal([1, 2, 3, 4], variables.Contents.ToArray());
    }

    [Fact]
    public void Types_of_ones_own_are_named_by_their_guids()
    {
        NativeProgramEntry program = Compile(typeof(OwnType)).Programs[0];
        Assert.Equal(new Guid(OwnType.Type), program.ProgramType);
        Assert.Equal(new Guid(OwnType.Hook), program.AttachType);
        Assert.Equal([65537u], program.Helpers);
    }

    private static NativeModuleFile Compile(Type module) =>
        NativeModuleFile.TryParse(NativeModuleImage.Compile(module, "module.sys").Contents.Span)!;

    private static class NoPrograms;

    private static class WrongSignature
    {
        [EbpfProgram("sample_ext")]
        public static int Run(EbpfProgramContext context) => context.Processor;
    }

    private static class UnknownSection
    {
        [EbpfProgram("nowhere")]
        public static uint Run(EbpfProgramContext context) => (uint)context.Processor;
    }

    private static class Gap
    {
        public enum Maps
        {
            [EbpfMap(BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1)]
            First = 0,

            [EbpfMap(BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1)]
            Second = 2,
        }

        [EbpfProgram("sample_ext")]
        public static uint Run(EbpfProgramContext context) => (uint)context.Processor;
    }

    private static class UnknownInner
    {
        public enum Maps
        {
            [EbpfMap(BpfMapType.ArrayOfMaps, KeySize = 4, ValueSize = 4, MaxEntries = 1, Inner = "Nobody")]
            Outer,
        }

        [EbpfProgram("sample_ext")]
        public static uint Run(EbpfProgramContext context) => (uint)context.Processor;
    }

    private static class Declared
    {
        public enum Maps
        {
            [EbpfMap(BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1)]
            First,

            [EbpfMap(BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1, Contents = [1, 2, 3, 4])]
            Second,
        }

        [EbpfProgram("sample_ext", Maps = [1])]
        public static uint Run(EbpfProgramContext context) => (uint)context.Processor;
    }

    private static class UnknownMap
    {
        [EbpfProgram("sample_ext", Maps = [0])]
        public static uint Run(EbpfProgramContext context) => (uint)context.Processor;
    }

    private static class ComputedMap
    {
        public enum Maps
        {
            [EbpfMap(BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1)]
            First,

            [EbpfMap(BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1)]
            Second,
        }

        [EbpfProgram("sample_ext")]
        public static uint Run(EbpfProgramContext context) => context.Map((Maps)(context.Processor & 1)).Id;
    }

    private static class OwnType
    {
        public const string Type = "11111111-2222-3333-4444-555555555555";
        public const string Hook = "11111111-2222-3333-4444-555555555556";

        [EbpfProgram("mine", ProgramType = Type, AttachType = Hook, Helpers = [65537])]
        public static uint Run(EbpfProgramContext context) => (uint)context.Call.Invoke(65537);
    }
}
