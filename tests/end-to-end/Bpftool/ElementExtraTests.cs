namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>What KernelSim adds to a dump.</summary>
public sealed class ElementExtraTests
{
    [Fact]
    public void A_sum_adds_the_values_of_all_CPUs()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /p type percpu_hash key 4 value 8 entries 4 name p", "map update name p key 1 0 0 0 value 5 0 0 0 0 0 0 0");

        Assert.Equal(
            """
            key:
            01 00 00 00
            value (CPU 00): 05 00 00 00 00 00 00 00
            value (CPU 01): 05 00 00 00 00 00 00 00
            value (sum): 10
            Found 1 element

            """,
            machine.Run("map dump name p --sum").Output);
        Assert.Equal("""{"sum":10}""", machine.Run("-j map dump name p --sum").Json[0][0].GetProperty("ks").GetRawText());
    }

    [Fact]
    public void A_value_that_no_program_can_hold_is_refused()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /big type array key 4 value 80000000 entries 1 name big");

        Assert.Equal(new ToolRun(255, "", "Error: mem alloc failed\n"), machine.Run("map lookup name big key 0 0 0 0"));
    }

    [Fact]
    public void A_sum_does_not_wrap()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /p type percpu_hash key 4 value 1 entries 4 name p", "map update name p key 1 0 0 0 value 255");

        Assert.Contains("value (sum): 510\n", machine.Run("map dump name p --sum").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p", "--sum: values of 12 bytes given, expected 1, 2, 4 or 8, or their type with --value")]
    [InlineData("h", "--sum: map 'h' of type hash given, expected a map with a value for each CPU")]
    public void What_cannot_be_added_is_refused(string name, string problem)
    {
        using BpftoolMachine machine = new();
        machine.Prepare(
            "map create /p type percpu_hash key 4 value 12 entries 4 name p", "map create /h type hash key 4 value 8 entries 4 name h");

        Assert.Equal(new ToolRun(255, "", $"Error: {problem}\n"), machine.Run($"map dump name {name} --sum"));
    }

    [Fact]
    public void What_cannot_be_added_in_the_first_of_several_maps_is_refused_at_once()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /h1 type hash key 4 value 8 entries 4 name h", "map create /h2 type hash key 4 value 8 entries 4 name h");

        Assert.Equal("", machine.Run("map dump name h --sum").Output);
    }

    [Fact]
    public void A_layout_shows_each_slot_and_its_padding()
    {
        using BpftoolMachine machine = new();
        machine.Prepare(
            "map create /p type percpu_array key 4 value 12 entries 1 name p",
            "map update name p key 0 0 0 0 value 1 2 3 4 5 6 7 8 9 10 11 12");

        Assert.EndsWith(
            """
            layout:
                 0     4  key             00 00 00 00
                 4    12  value (CPU 00)  01 02 03 04 05 06 07 08 09 0a 0b 0c
                16     4  padding         00 00 00 00
                20    12  value (CPU 01)  01 02 03 04 05 06 07 08 09 0a 0b 0c
                32     4  padding         00 00 00 00
            Found 1 element

            """,
            machine.Run("map dump name p --layout").Output,
            StringComparison.Ordinal);
    }
}
