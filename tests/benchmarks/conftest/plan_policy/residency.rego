# What `residency check` finds in the measured plan, written for conftest as a person would write it: buckets, keys and the
# copies of buckets stay in the European Economic Area. One finding a placement.
package main

import rego.v1

eea := {"eu-west-1", "eu-west-3", "eu-north-1", "eu-central-1", "eu-south-1", "eu-south-2"}

placed := {"aws_s3_bucket", "aws_kms_key"}

region_of := {change.address: change.change.after.region |
	some change in input.resource_changes
	change.type in placed
}

# By module call and resource, what each rule's destination refers to; an ARN is not known before the buckets exist.
destination_of[call][address] := [target |
	some rule in resource.expressions.rule
	target := rule.destination[0].bucket.references[1]
] if {
	some call, called in input.configuration.root_module.module_calls
	some resource in called.module.resources
	resource.type == "aws_s3_bucket_replication_configuration"
	address := resource.address
}

deny contains message if {
	some address, region in region_of
	not region in eea
	message := sprintf("data of `%s` would be placed in `%s`", [address, region])
}

deny contains message if {
	some change in input.resource_changes
	change.type == "aws_s3_bucket_replication_configuration"
	call := split(trim_prefix(change.module_address, "module."), "[")[0]
	targets := destination_of[call][sprintf("%s.%s", [change.type, change.name])]
	some number, target in targets
	region := region_of[sprintf("%s.%s", [change.module_address, target])]
	not region in eea
	message := sprintf("rule %d of `%s` would copy to `%s`", [number, change.address, region])
}
