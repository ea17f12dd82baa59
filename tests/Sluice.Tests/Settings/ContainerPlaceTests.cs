using Sluice.Settings;

namespace Sluice.Tests.Settings;

public sealed class ContainerPlaceTests
{
    [Theory]
    [InlineData("data", "data", null)]
    [InlineData("other/data", "data", "other")]
    [InlineData("a/b/data", "data", "a/b")]
    [InlineData("/data", "data", "")]
    [InlineData("other/", "", "other")]
    [InlineData("", "", null)]
    [InlineData(null, "", null)]
    public void An_alias_names_a_container_and_perhaps_its_account(string? value, string container, string? account) =>
        Assert.Equal(new ContainerPlace("invoices", "here", container, account), ContainerPlace.OfAlias("invoices", "here", value));

    [Fact]
    public void The_names_are_those_of_the_containers_and_then_those_of_the_aliases_in_order()
    {
        var options = new BlobOptions
        {
            Containers = { "uploads", "inbox" },
            Aliases = { ["zoo"] = "other/data", ["a-z"] = "data" },
        };

        Assert.Equal(["uploads", "inbox", "a-z", "zoo"], options.Names);
        Assert.Equal(
            [
                new("uploads", "Sluice:Blob:Containers:0", "uploads", null), new("inbox", "Sluice:Blob:Containers:1", "inbox", null),
                new("a-z", "Sluice:Blob:Aliases[0]", "data", null), new("zoo", "Sluice:Blob:Aliases[1]", "data", "other")
            ],
            options.Places);
        Assert.All(options.Names, name => Assert.True(options.IsOpen(name)));
        Assert.False(options.IsOpen("data"));
    }
}
