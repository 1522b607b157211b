using System.Diagnostics.Tracing;
using System.Reflection;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class PayloadContractTests
{
    private static readonly Type[] s_typesThatDecodeEverywhere = [typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(string)];

    public static TheoryData<string, string> Events => TraceEventCase.Names;

    [Theory]
    [InlineData("KernelSim-UserApi", "ApiCallStart", "function descriptor count")]
    [InlineData("KernelSim-UserApi", "ApiCallStop", "function result errno count")]
    [InlineData("KernelSim-Kernel", "IoctlStart", "processId operation inputLength outputLength")]
    [InlineData("KernelSim-Kernel", "IoctlStop", "operation status information")]
    [InlineData("KernelSim-Kernel", "Copy", "stage element slot source destination bytes")]
    [InlineData("KernelSim-UserApi", "Copy", "stage element slot source destination bytes")]
    [InlineData("KernelSim-Kernel", "SizeCheck", "check what given expected passed")]
    [InlineData("KernelSim-UserApi", "SizeCheck", "check what given expected passed")]
    [InlineData("KernelSim-Kernel", "InvalidArgument", "check site result status errno")]
    [InlineData("KernelSim-UserApi", "InvalidArgument", "check site result status errno")]
    [InlineData("KernelSim-Kernel", "AccessViolation", "processId access address length site")]
    [InlineData("KernelSim-UserApi", "AccessViolation", "processId access address length site")]
    public void The_events_that_scripts_and_tools_depend_on_keep_their_names_and_fields(string provider, string name, string fields)
    {
        Assert.Equal(["requestId", "processor", .. fields.Split(' '), "sequence"], TraceEventCase.Find(provider, name).Fields);
    }

    [Fact]
    public void The_stages_of_a_copy_keep_their_names_and_order()
    {
        Assert.Equal(["Marshal", "BufferIn", "MapStore", "MapFetch", "BufferOut", "Unmarshal"], CopyStage.InOrder);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_starts_with_its_request_and_its_processor(string provider, string name)
    {
        ParameterInfo[] fields = TraceEventCase.Find(provider, name).Declaration.GetParameters();

        Assert.Equal([("requestId", typeof(ulong)), ("processor", typeof(int))], fields.Take(2).Select(f => (f.Name!, f.ParameterType)));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_ends_with_its_sequence_number_which_callers_leave_out(string provider, string name)
    {
        ParameterInfo last = TraceEventCase.Find(provider, name).Declaration.GetParameters()[^1];

        Assert.Equal(("sequence", typeof(ulong), 0UL), (last.Name, last.ParameterType, last.DefaultValue));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void A_payload_holds_only_types_that_decode_everywhere(string provider, string name)
    {
        Assert.All(
            TraceEventCase.Find(provider, name).Declaration.GetParameters().Select(f => f.ParameterType),
            type => Assert.Contains(type.IsEnum ? Enum.GetUnderlyingType(type) : type, s_typesThatDecodeEverywhere));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_has_a_message_a_level_and_a_keyword_that_its_provider_declares(string provider, string name)
    {
        TraceEventCase declared = TraceEventCase.Find(provider, name);
        EventKeywords known = declared.Provider.GetType().GetNestedType("Keywords")!.GetFields()
            .Aggregate(EventKeywords.None, (all, field) => all | (EventKeywords)field.GetRawConstantValue()!);

        Assert.False(string.IsNullOrWhiteSpace(declared.Attribute.Message));
        Assert.InRange(declared.Attribute.Level, EventLevel.Critical, EventLevel.Verbose);
        Assert.NotEqual(EventKeywords.None, declared.Attribute.Keywords);
        Assert.Equal(EventKeywords.None, declared.Attribute.Keywords & ~known);
    }

    [Theory]
    [InlineData("Api", 0x1)]
    [InlineData("Ioctl", 0x2)]
    [InlineData("Copy", 0x4)]
    [InlineData("Check", 0x8)]
    [InlineData("Map", 0x10)]
    [InlineData("Sched", 0x20)]
    [InlineData("Fault", 0x40)]
    [InlineData("Irp", 0x80)]
    [InlineData("Epoch", 0x100)]
    [InlineData("Pool", 0x200)]
    [InlineData("Object", 0x400)]
    [InlineData("Machine", 0x800)]
    [InlineData("Process", 0x1000)]
    [InlineData("Driver", 0x2000)]
    [InlineData("Layout", 0x4000)]
    public void A_keyword_is_one_bit_that_means_the_same_in_both_providers(string name, long bit)
    {
        Assert.Equal(bit, typeof(KernelEventSource.Keywords).GetField(name)!.GetRawConstantValue());
        if (typeof(UserApiEventSource.Keywords).GetField(name) is FieldInfo same)
        {
            Assert.Equal(bit, same.GetRawConstantValue());
        }
    }

    [Fact]
    public void A_start_has_a_stop_of_the_same_task_and_neither_tracks_ambient_activities()
    {
        TraceEventCase[] starts = [.. TraceEventCase.All.Where(e => e.Name.EndsWith("Start", StringComparison.Ordinal))];
        TraceEventCase[] stops = [.. TraceEventCase.All.Where(e => e.Name.EndsWith("Stop", StringComparison.Ordinal))];

        Assert.Equal(4, starts.Length);
        Assert.All(starts, e => Assert.Equal((EventOpcode.Start, EventActivityOptions.Disable), (e.Attribute.Opcode, e.Attribute.ActivityOptions)));
        Assert.All(stops, e => Assert.Equal((EventOpcode.Stop, EventActivityOptions.Disable), (e.Attribute.Opcode, e.Attribute.ActivityOptions)));
        Assert.Equal(
            starts.Select(e => (e.Provider, e.Attribute.Task, e.Name[..^"Start".Length])),
            stops.Select(e => (e.Provider, e.Attribute.Task, e.Name[..^"Stop".Length])));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Whoever_calls_gives_the_fields_in_the_order_of_the_wire(string provider, string name)
    {
        TraceEventCase declared = TraceEventCase.Find(provider, name);

        Assert.Equal(declared.Fields.Where(declared.CallerFields.Contains), declared.CallerFields);
        Assert.Equal(provider == "KernelSim-UserApi" ? ["processor", "sequence"] : ["sequence"], declared.Fields.Except(declared.CallerFields));
    }
}
