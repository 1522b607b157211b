using KernelSim.Debugger.Targets;
using KernelSim.Nt.Nmr;

namespace KernelSim.Debugger.Structures;

/// <summary>A network module that is registered.</summary>
/// <param name="registration">The <see cref="NmrRegistration"/>.</param>
internal sealed class NmrModuleView(ITargetObject registration)
{
    private static readonly KernelField s_module = KernelField.Property<NmrRegistration>(nameof(NmrRegistration.Module));
    private static readonly KernelField s_bindings = KernelField.Property<NmrRegistration>(nameof(NmrRegistration.Bindings));
    private static readonly KernelField s_deregistering = KernelField.Property<NmrRegistration>(nameof(NmrRegistration.IsDeregistering));
    private static readonly KernelField s_moduleId = KernelField.Property<NmrModule>(nameof(NmrModule.ModuleId));

    public ITargetObject Module => registration.Required(s_module);

    public bool IsClient => Module.Is(typeof(NmrClient).FullName!);

    public Guid ModuleId => Module.Struct(s_moduleId).ToGuid();

    public int Bindings => registration.List(s_bindings).Count();

    public bool IsDeregistering => registration.Flag(s_deregistering);
}
