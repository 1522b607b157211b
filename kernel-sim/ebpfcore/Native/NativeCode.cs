using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// A module's code as a program runs it: the body, and the maps that its numbers stand for. It holds a reference to the module, because the
/// module's driver holds the body.
/// </summary>
internal sealed class NativeCode : ProgramCode
{
    private readonly NativeModule _module;
    private readonly NativeProgram _body;
    private readonly EbpfMap[] _maps;
    private BytecodeCode? _instructions;
    private int _unneeded;

    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="module">The module, which this references.</param>
    /// <param name="body">The method to run.</param>
    /// <param name="maps">The module's maps by number; null if the program does not use one. The program holds their references.</param>
    public NativeCode(KeThread current, NativeModule module, NativeProgram body, EbpfMap[] maps)
    {
        _module = module;
        _body = body;
        _maps = maps;
        module.Acquire(current);
    }

    /// <summary>The instructions that the body was made from, once it has run; null for a body of C#.</summary>
    public BytecodeCode? Instructions => Volatile.Read(ref _instructions);

    /// <summary>The maps by number.</summary>
    public EbpfMap[] Maps => _maps;

    /// <summary>Keeps the instructions. Of threads that do so at once, one wins.</summary>
    public BytecodeCode Keep(BytecodeCode instructions) => Interlocked.CompareExchange(ref _instructions, instructions, null) ?? instructions;

    /// <inheritdoc/>
    public override uint Run(in HelperCall call) => _body(new EbpfProgramContext(call, _maps));

    /// <inheritdoc/>
    public override void OnUnneeded(KeThread current)
    {
        if (Interlocked.Exchange(ref _unneeded, 1) == 0)
        {
            _module.LetGo(current);
        }
    }

    /// <inheritdoc/>
    public override void Release(KeThread current)
    {
        OnUnneeded(current);
        _module.Release(current);
    }
}
