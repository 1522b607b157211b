using System.Text.Json;
using KernelSim.EndToEnd.Tests.Drivers;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Scenes;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>What comes of the steps that a judge plays with a student's driver.</summary>
public sealed class SceneTests : IClassFixture<SceneTests.Students>
{
    private static readonly uint s_wait = new IoControlCode(0x8000, 0x800, IoMethod.Buffered, access: 0).Value;
    private static readonly uint s_wake = new IoControlCode(0x8000, 0x801, IoMethod.Buffered, access: 0).Value;

    private static readonly SceneStep[] s_start = [new(SceneOp.Load), new(SceneOp.Open), Send(0, s_wait, 4)];

    private readonly Students _students;

    public SceneTests(Students students) => _students = students;

    [Fact]
    public void A_request_waits_until_it_is_completed_and_its_reply_ends_where_Information_says()
    {
        SceneFacts facts = Play("Careful", [.. s_start, Look, Send(1, s_wake, 0), Look, new(SceneOp.Outstanding)]);

        Assert.Equal(
            [
                "STATUS_SUCCESS", "STATUS_SUCCESS", "STATUS_PENDING", "it waits", "STATUS_SUCCESS, Information 0",
                "STATUS_SUCCESS, Information 3 010203", "0",
            ],
            facts.Steps.Select(s => s.ToString()));
    }

    [Fact]
    public void A_cancel_routine_that_is_parked_owns_its_request()
    {
        SceneStep[] race =
        [
            .. s_start,
            new(SceneOp.Cancel) { Park = ParkPoint.CancelRoutine },
            Send(1, s_wake, 0),
            Look,
            new(SceneOp.Release),
            Look,
        ];

        Assert.Equal(
            ["parked", "STATUS_SUCCESS, Information 0", "it waits", "STATUS_SUCCESS", "STATUS_CANCELLED"],
            Play("Careful", race).Steps.Skip(s_start.Length).Select(s => s.ToString()));

        BugcheckFact stop = Play("Careless", race).Stop!;
        Assert.Equal((uint)BugcheckCode.MultipleIrpCompleteRequests, stop.Code);
        Assert.StartsWith("Careless.OnCancel", stop.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_is_parked_before_its_driver_is_cancelled_before_there_is_a_routine()
    {
        SceneStep[] race =
            [.. s_start[..^1], s_start[^1] with { Park = ParkPoint.Dispatch }, new(SceneOp.Cancel), new(SceneOp.Release), Look];

        Assert.Equal(["STATUS_PENDING", "STATUS_CANCELLED"], Play("Careful", race).Steps.TakeLast(2).Select(s => s.ToString()));
        Assert.Equal(["STATUS_PENDING", "it waits"], Play("Careless", race).Steps.TakeLast(2).Select(s => s.ToString()));
    }

    [Fact]
    public void A_cancellation_after_the_completion_changes_nothing()
    {
        SceneFacts facts = Play(
            "Careful", [.. s_start, Send(1, s_wake, 0) with { Park = ParkPoint.Reply }, new(SceneOp.Cancel), new(SceneOp.Release), Look]);

        Assert.Equal(
            ["parked", "STATUS_SUCCESS", "STATUS_SUCCESS, Information 0", "STATUS_SUCCESS, Information 3 010203"],
            facts.Steps.Skip(s_start.Length).Select(s => s.ToString()));
    }

    [Fact]
    public void The_routine_that_a_driver_is_given_leads_to_a_lock_and_to_nothing_of_the_judges() =>
        Assert.Equal(
            ["STATUS_SUCCESS", "7", "nothing"],
            Play("Prying", [new(SceneOp.Load), new(SceneOp.Told), new(SceneOp.Told)]).Steps.Select(s => s.ToString()));

    [Fact]
    public void An_exception_stops_the_scene_and_says_where_it_was_thrown()
    {
        SceneFacts facts = Play("Throwing", [new(SceneOp.Load), new(SceneOp.Open)]);

        Assert.Empty(facts.Steps);
        Assert.Contains("InvalidOperationException in Throwing.DriverEntry", facts.Stop!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nobody", "there is no public class Nobody")]
    [InlineData("Stranger", "Stranger is no IDriver with the constructor that it had at the start")]
    public void A_class_that_is_no_driver_is_told_in_plain_words(string name, string problem) =>
        Assert.Equal(problem, Assert.Throws<InvalidDataException>(() => Play(name, [new(SceneOp.Load)])).Message);

    [Fact]
    public void Scenes_in_one_process_do_not_see_what_an_earlier_one_has_left()
    {
        using HostPool hosts = new(HostLimits.Default);
        for (int i = 0; i < 2; i++)
        {
            Assert.True(hosts.Run(new SceneJob(), Input("Once", [new(SceneOp.Load)]), out SceneFacts? facts, out string problem), problem);
            Assert.Equal("STATUS_SUCCESS", facts!.Steps.Single().ToString());
            Assert.True(new SceneJob().MayGoOn(facts));
        }
    }

    [Fact]
    public void Every_bugcheck_that_a_driver_can_cause_has_its_advice()
    {
        BugcheckCode[] ofOthers =
        [
            BugcheckCode.PageFaultInNonpagedArea, BugcheckCode.DriverIrqlNotLessOrEqual, BugcheckCode.DpcWatchdogViolation,
            BugcheckCode.KernelSecurityCheckFailure,
        ];
        Assert.All(
            Enum.GetValues<BugcheckCode>().Except(ofOthers),
            code => Assert.DoesNotContain("README", StopAdvice.Of(new BugcheckFact((uint)code, 1, "", null, [])), StringComparison.Ordinal));
    }

    private static SceneStep Look { get; } = new(SceneOp.Look);

    private static SceneStep Send(int request, uint code, int room) => new(SceneOp.Send) { Request = request, Code = code, Room = room };

    private SceneInput Input(string driver, SceneStep[] steps) => new(_students.Library, driver, "Scene", 3, Seed: 1, steps);

    private SceneFacts Play(string driver, SceneStep[] steps)
    {
        JsonElement input = JsonSerializer.SerializeToElement(Input(driver, steps), HostWire.Format);
        return JsonSerializer.Deserialize<SceneFacts>(new SceneJob().Run(input), HostWire.Format)!;
    }

    public sealed class Students : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Students() => Library = DriverCompiler.Compile(
            _folder,
            "Students",
            """
            using System;
            using KernelSim.Nt.Io;
            using KernelSim.Nt.Ke;
            using KernelSim.Protocol;

            public abstract unsafe class Student(string name) : IDriver
            {
                protected Irp Waiting;

                public string Name => name;

                public virtual NtStatus DriverEntry(KeThread current, DriverObject driver)
                {
                    driver.Machine.Io.CreateDevice(driver, @"\Device\" + name, out _);
                    driver.Machine.Io.CreateSymbolicLink(@"\GLOBAL??\" + name, @"\Device\" + name);
                    driver.SetMajorFunction(IrpMajorFunction.DeviceControl, Control);
                    return NtStatus.Success;
                }

                protected abstract bool Keep(Irp irp);

                protected abstract bool MayComplete(Irp irp);

                protected virtual void OnCancel(KeThread current, Irp irp) => Complete(current, irp, NtStatus.Cancelled, 0);

                protected static NtStatus Complete(KeThread current, Irp irp, NtStatus status, int information)
                {
                    current.Machine.Io.CompleteRequest(current, irp, status, (ulong)information);
                    return status;
                }

                private NtStatus Control(KeThread current, DeviceObject device, Irp irp)
                {
                    if (irp.ControlCode.Function == 0x800)
                    {
                        irp.MarkPending();
                        Waiting = irp;
                        irp.SetCancelRoutine(OnCancel);
                        if (!Keep(irp))
                        {
                            Complete(current, irp, NtStatus.Cancelled, 0);
                        }

                        return NtStatus.Pending;
                    }

                    if (MayComplete(Waiting))
                    {
                        new Span<byte>([1, 2, 3]).CopyTo(new Span<byte>(Waiting.SystemBuffer, 3));
                        Complete(current, Waiting, NtStatus.Success, 3);
                    }

                    return Complete(current, irp, NtStatus.Success, 0);
                }
            }

            public sealed class Prying(string name, int room, Action<KeThread, int> tell) : IDriver
            {
                public string Name => name;

                public NtStatus DriverEntry(KeThread current, DriverObject driver)
                {
                    foreach (System.Reflection.FieldInfo field in tell.Target.GetType().GetFields(
                        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
                    {
                        if (field.GetValue(tell.Target) is not KernelSim.Nt.Ex.ExPushLock)
                        {
                            throw new InvalidOperationException(field.Name);
                        }
                    }

                    tell(current, 7);
                    return NtStatus.Success;
                }
            }

            public sealed class Careful(string name, int room, Action<KeThread, int> tell) : Student(name)
            {
                protected override bool Keep(Irp irp) => !irp.Cancel || irp.SetCancelRoutine(null) == null;

                protected override bool MayComplete(Irp irp) => irp.SetCancelRoutine(null) != null;
            }

            public sealed class Careless(string name, int room, Action<KeThread, int> tell) : Student(name)
            {
                protected override bool Keep(Irp irp) => true;

                protected override bool MayComplete(Irp irp)
                {
                    irp.SetCancelRoutine(null);
                    return true;
                }

                protected override void OnCancel(KeThread current, Irp irp) =>
                    current.Machine.Io.CompleteRequest(current, irp, NtStatus.Cancelled, 0);
            }

            public sealed class Throwing(string name, int room, Action<KeThread, int> tell) : IDriver
            {
                public string Name => name;

                public NtStatus DriverEntry(KeThread current, DriverObject driver) => throw new InvalidOperationException("no");
            }

            public sealed class Once(string name, int room, Action<KeThread, int> tell) : IDriver
            {
                private static int s_loads;

                public string Name => name;

                public NtStatus DriverEntry(KeThread current, DriverObject driver) =>
                    s_loads++ == 0 ? NtStatus.Success : NtStatus.Unsuccessful;
            }

            public sealed class Stranger
            {
            }
            """);

        public string Library { get; }

        public void Dispose() => _folder.Dispose();
    }
}
