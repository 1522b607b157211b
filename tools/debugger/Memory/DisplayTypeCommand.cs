using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Memory;

/// <summary><c>dt</c>: the fields of an object, or of a structure in memory.</summary>
internal sealed class DisplayTypeCommand(ITargetAccess target, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "dt";

    public string Arguments => "TYPE ADDRESS [/p PID]";

    public string Summary => "Shows the fields of an object, or of a structure of that type in kernel or user memory.";

    public IReadOnlyList<string> Details =>
    [
        "TYPE is the name of a class or structure of the simulator, with or without its namespace: Irp, PoolHeader, OperationHeader.",
        "An object must be of that type or derived from it. A structure is read at a simulated address.",
    ];

    public void Run(CommandCall call)
    {
        string type = call.Arguments.Word("the name of a type");
        MemoryRequest request = MemoryRequest.Parse(call.Arguments);
        IReadOnlyList<TargetField> fields = target.Target.ObjectAt(request.Address) is { } found
            ? FieldsOf(found, type, request.Address)
            : FieldsOf(call, NativeStructures.Find(type) ?? throw NoType(type), request);
        ResultTable table = call.Result.Table(
            new("offset", ColumnKind.Number), new("field", ColumnKind.Text), new("type", ColumnKind.Text), new("value", ColumnKind.Text));
        foreach (TargetField field in fields)
        {
            table.Add(field.Offset, field.Name, field.Type, WithKernelAddress(field.Value));
        }
    }

    private IReadOnlyList<TargetField> FieldsOf(ITargetObject found, string type, ulong address) =>
        found.Is(type) || NativeStructures.NamesOf(type).Any(found.Is) || found.TypeName.EndsWith($".{type}", StringComparison.OrdinalIgnoreCase)
            ? found.Fields
            : throw new CommandException($"{Name}: {type} at 0x{address:x} given, expected {found.TypeName}, which is there");

    private IReadOnlyList<TargetField> FieldsOf(CommandCall call, Type structure, MemoryRequest request) => NativeStructures.Read(
        structure, (request with { Count = 1 }).Read(call, memory, NativeStructures.SizeOf(structure)));

    /// <summary>A value; if it points into pool or a section, with the simulated address of that place.</summary>
    private string WithKernelAddress(string value) =>
        value.StartsWith("0x", StringComparison.Ordinal) && ArgumentList.TryParseAddress(value, out ulong host)
        && memory.Kernel.AddressOf(host) is var simulated and not 0
            ? $"{value} (kernel address 0x{simulated:x})"
            : value;

    private CommandException NoType(string type) =>
        new($"{Name}: {type} given, expected the type of the object at that address, or a structure: {NativeStructures.Nearest(type)}");
}
