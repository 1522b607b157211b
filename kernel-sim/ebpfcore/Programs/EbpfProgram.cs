using System.Text;
using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>A program: <c>ebpf_program_t</c>. It has its type from creation on, and code from loading on.</summary>
public sealed unsafe class EbpfProgram : EbpfObject
{
    /// <summary>Tail calls that one invocation may take, so that at most one program more runs: <c>MAX_TAIL_CALL_CNT</c>.</summary>
    public const uint MaxTailCalls = 33;

    private ProgramData? _typeData;
    private ProgramCode? _code;
    private ulong _flags;
    private int _linkCount;

    internal EbpfProgram(EbpfCore core, ProgramParameters parameters)
        : base(core, EbpfObjectType.Program)
    {
        Parameters = parameters;
        Name = Encoding.UTF8.GetString(parameters.Name);
        SectionName = Encoding.UTF8.GetString(parameters.SectionName);
        FileName = Encoding.UTF8.GetString(parameters.FileName);
    }

    /// <summary>Its type's GUID.</summary>
    public Guid ProgramType => Parameters.ProgramType;

    /// <summary>Its type's number, as the type's provider names it; 0 before one has attached.</summary>
    public BpfProgType BpfProgType { get; private set; }

    /// <summary>Its name, maybe empty.</summary>
    public string Name { get; }

    /// <summary>The section of the file that it was compiled from.</summary>
    public string SectionName { get; }

    /// <summary>The file that it was compiled from.</summary>
    public string FileName { get; }

    /// <summary>What kind of code it has.</summary>
    public EbpfCodeType CodeType { get; private set; }

    /// <summary>What hook providers are told when it is attached: <c>prog_attach_flags</c>.</summary>
    public ulong Flags
    {
        get => Volatile.Read(ref _flags);
        internal set => Volatile.Write(ref _flags, value);
    }

    /// <summary>Links that attach it.</summary>
    public int LinkCount => Volatile.Read(ref _linkCount);

    /// <inheritdoc/>
    internal override Guid? BoundProgramType => ProgramType;

    internal ProgramParameters Parameters { get; }

    /// <summary>What its type's provider has given; null while that is detached. In an epoch it stays valid once read.</summary>
    internal ProgramData? TypeData => Volatile.Read(ref _typeData);

    /// <summary>Counts links more or less.</summary>
    internal void AddLinks(int change) => Interlocked.Add(ref _linkCount, change);

    /// <summary>Runs it: <c>ebpf_program_invoke</c>. In an epoch, at its type's required level.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="execution">The invocation's state; a batch uses one for all.</param>
    /// <param name="context">The context, in kernel memory.</param>
    /// <param name="result">What the program that returned last returned.</param>
    /// <returns>Success, or <see cref="EbpfResult.ExtensionFailedToLoad"/> (result 0) while its type's provider is detached.</returns>
    internal EbpfResult Invoke(KeThread current, ref ProgramExecution execution, byte* context, out uint result)
    {
        if (TypeData is null)
        {
            result = 0;
            return EbpfResult.ExtensionFailedToLoad;
        }

        EbpfProgram program = this;
        for (execution.TailCallCount = 0; ; execution.TailCallCount++)
        {
            // A program without code returns 0; only a tail call gets at one.
            ProgramCode? code = Volatile.Read(ref program._code);
            result = code is null ? 0 : code.Run(new HelperCall(Core, current, program, context, ref execution));
            if (execution.NextProgram is not { } next)
            {
                return EbpfResult.Success;
            }

            execution.NextProgram = null;
            if (execution.TailCallCount == MaxTailCalls)
            {
                return EbpfResult.Success;
            }

            program = next;
        }
    }

    /// <inheritdoc/>
    internal override EbpfResult WriteInfo(in ProtocolCall call, int requestOffset, int replyOffset, out int written)
    {
        written = 0;
        return EbpfResult.OperationNotSupported;
    }

    /// <inheritdoc/>
    internal override void OnUnreachable(KeThread current)
    {
    }

    /// <inheritdoc/>
    internal override void Free(KeThread current)
    {
    }
}
