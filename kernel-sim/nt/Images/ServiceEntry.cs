namespace KernelSim.Nt.Images;

/// <summary>A driver service, as the service database keeps it.</summary>
/// <param name="Name">Its name, without regard to case.</param>
/// <param name="Image">The image that it starts.</param>
/// <param name="ModuleId">The value <c>NpiModuleId</c> under its parameters: who the driver is for the registrar of network modules.</param>
public sealed record ServiceEntry(string Name, DriverImage Image, Guid ModuleId)
{
    /// <summary>What precedes a service's name in the path that <c>ZwLoadDriver</c> takes.</summary>
    public const string RegistryPrefix = @"\Registry\Machine\System\CurrentControlSet\Services\";
}
