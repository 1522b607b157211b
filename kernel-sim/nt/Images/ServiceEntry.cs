namespace KernelSim.Nt.Images;

/// <summary>A driver service, as the service database stores it.</summary>
/// <param name="Name">Name of the service; compared case-insensitively.</param>
/// <param name="Image">The image that the service starts.</param>
/// <param name="ModuleId">The value <c>NpiModuleId</c> under its parameters: the driver's identity for the network module registrar.</param>
public sealed record ServiceEntry(string Name, DriverImage Image, Guid ModuleId)
{
    /// <summary>The registry key that precedes a service's name in the path passed to <c>ZwLoadDriver</c>.</summary>
    public const string RegistryPrefix = @"\Registry\Machine\System\CurrentControlSet\Services\";
}
