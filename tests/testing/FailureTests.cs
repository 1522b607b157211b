using KernelSim.Testing.Tests.Child;

namespace KernelSim.Testing.Tests;

/// <summary>What a failing test prints.</summary>
public sealed class FailureTests(ChildRun child)
{
    [Fact]
    public void A_refusal_is_told_as_the_command_tells_it()
    {
        ChildTest test = child.Test("By_a_refusal");

        Assert.Equal(("Fail", "KernelSim.UserMode.BpfException"), (test.Result, test.Exception));
        Assert.StartsWith("a line of the test", test.Output, StringComparison.Ordinal);
        Assert.Contains("Machine: 4 processors, seed 1, ", test.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nRequest \d+: bpf_map_create\(\) of process 8, library checked\r?\n", test.Output);
        Assert.Matches(@"\nWhy       KS\d+ map\.create\.max_entries refused at", test.Output);
        Assert.Contains("From what the program saw back to the cause", test.Output, StringComparison.Ordinal);
        Assert.Contains("What moved is unknown", test.Output, StringComparison.Ordinal);
        Assert.Contains("\nFix", test.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nThe last 20 events\r?\n( .*\r?\n){20}", test.Output);
        Assert.Matches(@"refused by KS\d+ map\.create\.max_entries", test.Output);
        Assert.DoesNotContain("ProcessStop", test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Left behind", test.Output, StringComparison.Ordinal);
        Assert.Equal(["Machine events.txt"], test.Attachments.Select(a => a[..Math.Min(a.Length, 18)]));
    }

    [Fact]
    public void An_errno_is_told_by_the_check_and_its_numbers()
    {
        ChildTest test = child.Test("By_an_errno");

        Assert.Equal("Xunit.Sdk.EqualException", test.Exception);
        Assert.Contains("bpf_map_update_elem returned -22, EINVAL.", test.Output, StringComparison.Ordinal);
        Assert.Contains("Left behind", test.Output, StringComparison.Ordinal);
        Assert.Contains("map 'counts' (hash, id 2, 16 entries of 8 bytes)", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_to_a_driver_without_ebpf_is_told()
    {
        ChildTest test = child.Test("By_a_status");

        Assert.Equal("Xunit.Sdk.EqualException", test.Exception);
        Assert.Contains("It completed with STATUS_INVALID_PARAMETER.", test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("errno", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_whose_requests_succeeded_prints_the_last_events()
    {
        ChildTest test = child.Test("By_an_assertion_of_its_own");

        Assert.Contains("No request failed.", test.Output, StringComparison.Ordinal);
        Assert.Contains("BpfMap.Lookup = 0", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bugcheck_is_told_with_what_the_processors_did()
    {
        ChildTest test = child.Test("By_a_bugcheck");

        Assert.Equal("KernelSim.Nt.BugcheckException", test.Exception);
        Assert.Contains("*** STOP: 0x000000C2 (0x46, 0x7, 0x0, 0x0) BadPoolCaller", test.Output, StringComparison.Ordinal);
        Assert.Contains("CPU 3: idle", test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Left behind", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_in_C_that_stops_the_machine_is_told_with_its_line()
    {
        ChildTest test = child.Test("By_a_program_in_C");

        Assert.Equal("KernelSim.Nt.BugcheckException", test.Exception);
        Assert.Contains("missing_bounds_check.c:10 \"return packet[200] == 0xff ? XDP_DROP : XDP_PASS;\"", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_test_that_leaks_keeps_its_own_failure()
    {
        ChildTest test = child.Test("And_leaves_a_map");

        Assert.Contains("on purpose", test.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("leak", test.Message, StringComparison.Ordinal);
        Assert.Contains("Left behind", test.Output, StringComparison.Ordinal);
        Assert.Contains("map 'forgotten'", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_without_a_machine_prints_nothing() => Assert.Equal("", child.Test("Without_a_machine").Output);

    [Fact]
    public void A_seed_is_in_the_name_and_in_the_output()
    {
        ChildTest[] tests = [.. child.All.Where(t => t.Name.Contains(".By_a_seed(", StringComparison.Ordinal)).OrderBy(t => t.Name)];

        Assert.Equal(["Pass", "Fail", "Pass"], tests.Select(t => t.Result));
        Assert.EndsWith("(seed: 2)", tests[1].Name, StringComparison.Ordinal);
        Assert.Contains("Machine: 4 processors, seed 2, ", tests[1].Output, StringComparison.Ordinal);
        Assert.Contains("To repeat: KERNELSIM_SEED=2", tests[1].Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_repeats_a_seed() =>
        Assert.EndsWith("(seed: 17)", Assert.Single(ChildRun.Run(seed: "17", method: "By_a_seed")).Name, StringComparison.Ordinal);

    [Fact]
    public void A_passing_test_that_leaks_fails_and_names_it()
    {
        foreach (string method in (string[])["A_map", "A_map_after_waiting"])
        {
            ChildTest test = child.Test(method);

            Assert.Equal(("Fail", "KernelSim.Testing.LeakException"), (test.Result, test.Exception));
            Assert.Contains("1 leak:", test.Message, StringComparison.Ordinal);
            Assert.Contains(
                "map 'forgotten' (hash, id 2, 8 entries of 8 bytes): an open handle in process 8; made by bpf_map_create() (request ",
                test.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_passing_test_that_leaves_nothing_passes_and_prints_nothing()
    {
        ChildTest test = child.Test("Nothing");

        Assert.Equal(("Pass", ""), (test.Result, test.Output));
    }

    [Fact]
    public void A_second_machine_is_watched_too()
    {
        ChildTest test = child.Test("A_map_on_a_second_machine");

        Assert.Contains("map 'second'", test.Message, StringComparison.Ordinal);
        Assert.StartsWith("Machine 2: ", test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'closed'", test.Output, StringComparison.Ordinal);
    }
}
