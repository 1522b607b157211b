using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// The implementation behind each helper id for the programs of a type while its provider is attached:
/// <c>_ebpf_program_get_helper_address_info_from_program_data</c>, computed once for all ids. Immutable; a provider that comes back brings
/// new bindings.
/// </summary>
internal sealed class HelperBindings
{
    /// <summary>The general helpers without overrides: for code that a tool runs without a program.</summary>
    public static readonly HelperBindings General = new(null);

    private readonly (HelperFunction? Body, bool ImplicitContext)[] _general = new (HelperFunction?, bool)[HelperTable.LastId + 1];
    private readonly (uint Id, HelperFunction? Body, bool ImplicitContext)[] _own;

    public HelperBindings(ProgramData? type)
    {
        foreach (HelperRow row in HelperTable.All)
        {
            _general[row.Prototype.Id] = (row.Implementation, row.Prototype.ImplicitContext);
        }

        _own = new (uint, HelperFunction?, bool)[type?.Info.TypeHelpers.Count ?? 0];
        for (int i = 0; i < _own.Length; i++)
        {
            HelperPrototype prototype = type!.Info.TypeHelpers[i];
            _own[i] = (prototype.Id, i < type.TypeHelpers.Count ? type.TypeHelpers[i] : null, prototype.ImplicitContext);
        }

        for (int i = 0; i < (type?.Info.GlobalHelpers.Count ?? 0); i++)
        {
            HelperPrototype prototype = type!.Info.GlobalHelpers[i];
            if (prototype.Id < _general.Length && (Overridden & (1UL << (int)prototype.Id)) == 0)
            {
                _general[prototype.Id] = (i < type.GlobalHelpers.Count ? type.GlobalHelpers[i] : null, prototype.ImplicitContext);
                Overridden |= 1UL << (int)prototype.Id;
            }
        }

        HasTrampolines = type is { TypeHelpers.Count: > 0 } or { GlobalHelpers.Count: > 0 };
    }

    /// <summary>The general helpers, by bit, that the type's provider implements in the driver's place.</summary>
    public ulong Overridden { get; }

    /// <summary>Whether machine code gets trampolines to helpers: not if the type's provider implements none.</summary>
    public bool HasTrampolines { get; }

    /// <summary>The implementation of a helper; false for an id that the type does not have, or that has no implementation.</summary>
    /// <param name="id">Id of the helper.</param>
    /// <param name="body">The method to run.</param>
    /// <param name="implicitContext">Whether it takes the program's context in addition to its arguments.</param>
    public bool TryFind(uint id, out HelperFunction body, out bool implicitContext)
    {
        HelperFunction? found = null;
        implicitContext = false;
        if (id < HelperPrototype.FirstTypeSpecificId)
        {
            (found, implicitContext) = id < (uint)_general.Length ? _general[id] : default;
        }
        else
        {
            foreach ((uint own, HelperFunction? candidate, bool wantsContext) in _own)
            {
                if (own == id)
                {
                    (found, implicitContext) = (candidate, wantsContext);
                    break;
                }
            }
        }

        body = found!;
        return found is not null;
    }
}
