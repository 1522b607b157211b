using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>An object on the heap, or a structure within one.</summary>
/// <param name="target">The target.</param>
/// <param name="address">Its address.</param>
/// <param name="type">Its type.</param>
/// <param name="isStruct">Whether it is a structure: it has no method table before its fields.</param>
internal sealed class ClrMdObject(ClrMdTarget target, ulong address, ClrType type, bool isStruct) : ClrMdFields(target, type)
{
    /// <inheritdoc/>
    public override ulong Address => address;

    /// <inheritdoc/>
    protected override IEnumerable<ClrField> EnumerateFields() => Type.Fields;

    /// <inheritdoc/>
    protected override ulong AddressOf(ClrField field) => ((ClrInstanceField)field).GetAddress(address, isStruct);
}
