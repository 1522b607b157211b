using KernelSim.EbpfCore.Tests.Links;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>
/// A machine with a small program type whose programs are methods of the test, run by test runs. Disposing it fails the test if anything
/// is left behind.
/// </summary>
internal sealed class ProgramBench : IDisposable
{
    private readonly ProgramEngine _engine = new();
    private readonly EbpfMachine _machine;

    /// <param name="irql">The level at which the type's programs run.</param>
    /// <param name="cpus">Processors.</param>
    /// <param name="machine">Other options.</param>
    public ProgramBench(Irql irql = Irql.Passive, int cpus = 2, MachineOptions? machine = null)
    {
        _machine = new EbpfMachine(cpus, EbpfCoreOptions.NativeOnly with { Interpreter = _engine }, machine);
        Extension = TestExtension.Register(Machine, change: d => d with { RequiredIrql = irql });
    }

    public TestExtension Extension { get; }

    public Machine Machine => _machine.Machine;

    public EbpfCoreDriver Driver => _machine.Driver;

    public EbpfUser User => _machine.User;

    /// <summary>A program with this body.</summary>
    public NtHandle Program(ProgramBody body) => Program(User, body);

    public NtHandle Program(EbpfUser user, ProgramBody body)
    {
        NtHandle program = user.NewProgram();
        user.LoadCode(program, EbpfCodeType.Ebpf, _engine.Code(body)).Expect(EbpfResult.Success);
        return program;
    }

    /// <summary>Runs a body once on a processor.</summary>
    public void Run(ProgramBody body, uint cpu = 0)
    {
        NtHandle program = Program(body);
        User.TestRun(program, [], [], 32, cpu: cpu).Expect(EbpfResult.Success);
        User.Close(program).Expect(EbpfResult.Success);
    }

    /// <summary>What a helper answers.</summary>
    public unsafe long Call(uint helper, params ulong[] arguments)
    {
        ulong[] r = [.. arguments, .. new ulong[5 - arguments.Length]];
        long answer = 0;
        Run((in call) => answer = (long)call.Invoke(helper, r[0], r[1], r[2], r[3], r[4]));
        return answer;
    }

    public void Dispose()
    {
        Extension.Deregister(Machine);
        _machine.Dispose();
    }
}
