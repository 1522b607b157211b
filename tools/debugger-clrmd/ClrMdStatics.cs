using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>The static fields of a type.</summary>
internal sealed class ClrMdStatics(ClrMdTarget target, ClrType type, ClrAppDomain domain) : ClrMdFields(target, type)
{
    /// <inheritdoc/>
    public override ulong Address => 0;

    /// <inheritdoc/>
    public override ITargetObject ReadStruct(string field) =>
        throw new TargetReadException($"{TypeName}.{field} is static: its structure is not read");

    /// <inheritdoc/>
    protected override IEnumerable<ClrField> EnumerateFields() => Type.StaticFields;

    /// <inheritdoc/>
    protected override ulong AddressOf(ClrField field) => ClrMdReading.Try(() => ((ClrStaticField)field).GetAddress(domain));
}
