namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>Commands about maps that bpftool refuses.</summary>
public sealed class MapVerbTests
{
    [Theory]
    [InlineData("perf_event_array")]
    [InlineData("ringbuf")]
    public void Records_of_a_CPU_that_does_not_exist_are_not_waited_for(string type)
    {
        using BpftoolMachine machine = new();
        machine.Prepare($"map create /m type {type} key 0 value 0 entries 4096 name m");

        Assert.Equal(
            new ToolRun(
                255,
                "",
                "libbpf: failed to open perf buffer event on cpu #2: Invalid argument\nError: failed to create perf buffer: Invalid argument (22)\n"),
            machine.Run("map event_pipe name m cpu 2 index 0"));
    }

    [Theory]
    [InlineData("bloom_filter", "Invalid argument")]
    [InlineData("sockmap", "Invalid argument")]
    [InlineData("unspec", "Operation not supported")]
    public void A_type_that_the_machine_does_not_have_is_refused_by_its_kernel(string type, string reason)
    {
        using BpftoolMachine machine = new();

        Assert.Equal(
            new ToolRun(255, "", $"Error: map create failed: {reason}\n"),
            machine.Run($"map create /m type {type} key 4 value 4 entries 1 name m"));
    }

    [Theory]
    [InlineData("ringbuf key 0 value 0 entries 4096", "lookup name m", 127)]
    [InlineData("ringbuf key 0 value 0 entries 4096", "update name m", 127)]
    [InlineData("ringbuf key 0 value 0 entries 4096", "getnext name m", 234)]
    [InlineData("perf_event_array key 0 value 0 entries 4096", "getnext name m", 234)]
    [InlineData("prog_array key 4 value 4 entries 1", "delete name m key 0 0 0 0", 0)]
    [InlineData("prog_array key 4 value 4 entries 1", "delete name m key 9 0 0 0", 254)]
    [InlineData("array key 4 value 4 entries 1", "update name m key 0 0 0 0 value 0 0 0 0 noexist", 234)]
    [InlineData("array_of_maps key 4 value 4 entries 1", "list", 255)]
    [InlineData("hash key 4 value 4 entries 99999999999999999999", "list", 255)]
    public void Windows_answers_by_its_own_rules(string type, string command, int exitCode)
    {
        using BpftoolMachine machine = new();
        ToolRun made = machine.Run($"map create /m type {type} name m");

        Assert.Equal(exitCode, made.ExitCode != 0 ? made.ExitCode : machine.Run($"map {command}").ExitCode);
    }

    [Fact]
    public void An_empty_path_is_none()
    {
        using BpftoolMachine machine = new();

        Assert.Equal(
            new ToolRun(254, "", "Error: can't pin the object (): No such file or directory\n"),
            machine.Run(["map", "create", "", "type", "hash", "key", "4", "value", "4", "entries", "1", "name", "h"]));
    }
}
