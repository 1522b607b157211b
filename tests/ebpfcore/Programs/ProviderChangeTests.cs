using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>A hook that goes on running a program on every processor while the provider of the program's type comes and goes.</summary>
public sealed class ProviderChangeTests : IDisposable
{
    private const int Cpus = 4;
    private const int Rounds = 25;

    private readonly ProgramBench _bench = new(Irql.Dispatch, Cpus);
    private readonly TestHook _hook = new();
    private readonly NtHandle _program;
    private int _present = 1;
    private int _late;

    public ProviderChangeTests()
    {
        _hook.Register(_bench.Machine);
        _program = _bench.Program((in call) =>
        {
            Interlocked.Add(ref _late, 1 - Volatile.Read(ref _present));
            return (long)call.Invoke(TestExtension.DoubleHelper, 21);
        });
        _bench.User.ResolveHelpers(_program, TestExtension.DoubleHelper).Expect(EbpfResult.Success);
        _bench.User.Send(
            EbpfOperationId.LinkProgram,
            new LinkProgramRequest { ProgramHandle = _program, AttachType = AttachTypeTable.Find(BpfAttachType.Sample)!.Id },
            replyBytes: 16).Expect(EbpfResult.Success);
    }

    public void Dispose()
    {
        _hook.Deregister(_bench.Machine);
        _bench.Dispose();
    }

    [Fact]
    public void Nobody_is_in_the_program_once_the_provider_has_gone_and_everybody_again_when_it_is_back()
    {
        TestExtension extension = _bench.Extension;
        WhileAllProcessorsInvoke(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                extension.Deregister(_bench.Machine);
                Volatile.Write(ref _present, 0);
                Assert.Equal((EbpfResult.ExtensionFailedToLoad, 0u), Invoke(0));
                Volatile.Write(ref _present, 1);
                extension.Register(_bench.Machine);
                Assert.Equal((EbpfResult.Success, 42u), Invoke(0));
            }
        });
    }

    [Fact]
    public void A_provider_with_other_information_does_not_get_the_program_and_the_old_one_gets_it_back()
    {
        TestExtension extension = _bench.Extension;
        TestExtension other = new(change: d => d with { Info = d.Info with { Descriptor = d.Info.Descriptor with { IsPrivileged = true } } });
        WhileAllProcessorsInvoke(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                extension.Deregister(_bench.Machine);
                Volatile.Write(ref _present, 0);
                other.Register(_bench.Machine);
                Assert.Equal((EbpfResult.ExtensionFailedToLoad, 0u), Invoke(i % Cpus));
                other.Deregister(_bench.Machine);
                Volatile.Write(ref _present, 1);
                extension.Register(_bench.Machine);
                Assert.Equal((EbpfResult.Success, 42u), Invoke(i % Cpus));
            }
        });
    }

    [Fact]
    public void Helpers_are_those_of_the_provider_that_is_there()
    {
        TestExtension extension = _bench.Extension;
        TestExtension tenfold = new(change: d => d with { TypeHelpers = [static (in _, r1, _, _, _, _) => r1 * 10, d.TypeHelpers[1]] });
        extension.Deregister(_bench.Machine);
        tenfold.Register(_bench.Machine);
        Assert.Equal((EbpfResult.Success, 210u), Invoke(1));
        tenfold.Deregister(_bench.Machine);
        extension.Register(_bench.Machine);
        Assert.Equal((EbpfResult.Success, 42u), Invoke(1));
    }

    [Fact]
    public void A_provider_that_implements_no_helper_that_the_program_calls_does_not_get_it()
    {
        TestExtension extension = _bench.Extension;
        TestExtension empty = new(change: d => d with { TypeHelpers = [] });
        extension.Deregister(_bench.Machine);
        empty.Register(_bench.Machine);
        Assert.Equal((EbpfResult.ExtensionFailedToLoad, 0u), Invoke(1));
        empty.Deregister(_bench.Machine);
        extension.Register(_bench.Machine);
        Assert.Equal((EbpfResult.Success, 42u), Invoke(1));
    }

    [Fact]
    public void The_last_handle_may_be_closed_while_every_processor_runs_the_program()
    {
        WhileAllProcessorsInvoke(() =>
        {
            _bench.User.Close(_program).Expect(EbpfResult.Success);
            Assert.Equal((EbpfResult.Success, 42u), Invoke(0)); // the link holds it
        });
    }

    private void WhileAllProcessorsInvoke(Action changes)
    {
        bool over = false;
        long ran = 0;
        using CountdownEvent started = new(Cpus);
        HostThread[] invokers =
        [
            .. Enumerable.Range(0, Cpus).Select(cpu => HostThread.Run(() =>
            {
                (EbpfResult Answer, uint Result) seen = Invoke(cpu);
                started.Signal();
                for (; !Volatile.Read(ref over); seen = Invoke(cpu))
                {
                    Assert.True(
                        seen is (EbpfResult.Success, 42) or (EbpfResult.ExtensionFailedToLoad, 0), $"{seen.Answer} with result {seen.Result}");
                    Interlocked.Increment(ref ran);
                }
            })),
        ];
        started.WaitFor("the invokers to start");
        try
        {
            changes();
        }
        finally
        {
            Volatile.Write(ref over, true);
            Array.ForEach(invokers, i => i.Join());
        }

        Assert.Equal(0, Volatile.Read(ref _late));
    }

    private unsafe (EbpfResult Answer, uint Result) Invoke(int cpu)
    {
        (EbpfResult, uint) seen = default;
        _bench.Machine.RunOnProcessor(cpu, Irql.Dispatch, thread =>
        {
            TestExtension.Context context = default;
            EbpfResult answer = _hook.Dispatch!.Invoke(thread, (byte*)&context, out uint result);
            seen = (answer, result);
        });
        return seen;
    }
}
