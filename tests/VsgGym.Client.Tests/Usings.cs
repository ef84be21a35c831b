global using HostLimits = VsgGym.Server.Hosting.ServerLimits;
